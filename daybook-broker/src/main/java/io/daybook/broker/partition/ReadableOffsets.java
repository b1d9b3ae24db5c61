package io.daybook.broker.partition;

/**
 * Which offsets of a partition can be read.
 *
 * @param highWatermark the end of what is durable, exclusive
 * @param lastStableOffset the end of what is decided, exclusive
 * @param logStartOffset the first offset
 */
public record ReadableOffsets(long highWatermark, long lastStableOffset, long logStartOffset) {
    /** The partition could not be asked. */
    public static final ReadableOffsets UNKNOWN = new ReadableOffsets(-1, -1, -1);

    /** The end of what a reader sees, exclusive. */
    public long endFor(Isolation isolation) {
        return switch (isolation) {
            case READ_UNCOMMITTED -> highWatermark;
            case READ_COMMITTED -> lastStableOffset;
        };
    }
}
