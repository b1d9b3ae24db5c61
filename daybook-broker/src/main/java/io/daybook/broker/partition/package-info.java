/** Partitions: who may append, what is readable, who waits for it. Each belongs to one shard. */
@NullMarked
package io.daybook.broker.partition;

import org.jspecify.annotations.NullMarked;
