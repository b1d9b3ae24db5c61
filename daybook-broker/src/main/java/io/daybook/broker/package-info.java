/** The broker without sockets and wire classes: its services, and what they stand on. */
@NullMarked
package io.daybook.broker;

import org.jspecify.annotations.NullMarked;
