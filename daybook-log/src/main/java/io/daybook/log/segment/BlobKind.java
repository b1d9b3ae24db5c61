package io.daybook.log.segment;

/**
 * The small things that are kept beside the segments. All can be rebuilt from the segments, as long as these are there: a
 * producer snapshot must be durable before the segments before it are removed.
 */
public enum BlobKind {
    /** A segment's sparse offset index; named by the segment's base offset. */
    OFFSET_INDEX,
    /** A segment's sparse time index; named by the segment's base offset. */
    TIME_INDEX,
    /** The transactions that were aborted in a segment; named by the segment's base offset. */
    TXN_INDEX,
    /** The producers as they were before an offset; named by that offset. */
    PRODUCER_SNAPSHOT,
    /** Where leader epochs begin; one for the chain, named 0. */
    LEADER_EPOCHS
}
