/** A server inside another program. */
@NullMarked
package io.daybook.server;

import org.jspecify.annotations.NullMarked;
