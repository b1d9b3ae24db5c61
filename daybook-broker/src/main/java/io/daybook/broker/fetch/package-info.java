/** Fetches over many partitions on several shards: long polls and incremental sessions. */
@NullMarked
package io.daybook.broker.fetch;

import org.jspecify.annotations.NullMarked;
