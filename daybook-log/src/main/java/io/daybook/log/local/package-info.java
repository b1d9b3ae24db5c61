/**
 * The embedded engine: the segment port on local files in Kafka's layout, with group commit and one journal per drive. What
 * a shard does here is write to the page cache; syncing is the flusher's, everything else that blocks the background
 * worker's.
 */
@NullMarked
package io.daybook.log.local;

import org.jspecify.annotations.NullMarked;
