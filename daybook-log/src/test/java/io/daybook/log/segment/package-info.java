/** The contract suite of the segment port, and an engine in memory. */
@NullMarked
package io.daybook.log.segment;

import org.jspecify.annotations.NullMarked;
