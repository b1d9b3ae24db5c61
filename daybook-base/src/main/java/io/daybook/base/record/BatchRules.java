package io.daybook.base.record;

/**
 * What a batch of a producer must keep to in one topic.
 *
 * @param needsKeys the topic is compacted: a record without a key is refused
 * @param timestampType whose time the topic's records carry; the producer's is only checked if it is kept
 * @param timestampBeforeMaxMs how old a record's time may be
 * @param timestampAfterMaxMs how far in the future a record's time may be
 * @param maxDecompressedBytes what a batch may hold once decompressed
 */
public record BatchRules(
        boolean needsKeys,
        TimestampType timestampType,
        long timestampBeforeMaxMs,
        long timestampAfterMaxMs,
        long maxDecompressedBytes) {
    /** A bound that honest batches do not reach. */
    public static final long DEFAULT_MAX_DECOMPRESSED_BYTES = 256L << 20;

    /** Kafka's defaults: no keys needed, the producer's time, at most an hour in the future. */
    public static final BatchRules DEFAULTS =
            new BatchRules(false, TimestampType.CREATE_TIME, Long.MAX_VALUE, 3_600_000, DEFAULT_MAX_DECOMPRESSED_BYTES);
}
