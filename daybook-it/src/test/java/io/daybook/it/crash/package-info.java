/** Processes killed and drives cut under load: what was acknowledged must be there, once, in order. */
@NullMarked
package io.daybook.it.crash;

import org.jspecify.annotations.NullMarked;
