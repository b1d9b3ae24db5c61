/**
 * What generated messages stand on: reading and writing Kafka's field encodings over byte buffers. Every length and
 * count that is read is checked against the bytes that are left before anything is allocated. No state is shared between
 * threads.
 */
@NullMarked
package io.daybook.base.wire;

import org.jspecify.annotations.NullMarked;
