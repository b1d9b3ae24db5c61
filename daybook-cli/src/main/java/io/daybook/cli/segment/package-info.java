/** Reading the segment files of a data directory, without a broker. */
@NullMarked
package io.daybook.cli.segment;

import org.jspecify.annotations.NullMarked;
