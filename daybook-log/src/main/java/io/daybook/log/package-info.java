/**
 * A partition as a chain of segments: appending, reading, durability, retention and recovery. A {@link
 * io.daybook.log.PartitionLog} belongs to one shard; what lies below it is reached through the segment port of {@code
 * io.daybook.log.segment}.
 */
@NullMarked
package io.daybook.log;

import org.jspecify.annotations.NullMarked;
