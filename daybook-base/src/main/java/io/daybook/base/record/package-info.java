/** Record batches, format v2 ("magic 2"): reading, checking, building and compression. No state, no threads. */
@NullMarked
package io.daybook.base.record;

import org.jspecify.annotations.NullMarked;
