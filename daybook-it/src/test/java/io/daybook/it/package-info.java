/** Real clients, real processes, real crashes: nothing in here knows the broker's inside. */
@NullMarked
package io.daybook.it;

import org.jspecify.annotations.NullMarked;
