/** Tests of the log. */
@NullMarked
package io.daybook.log;

import org.jspecify.annotations.NullMarked;
