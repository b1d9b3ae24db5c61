package io.daybook.log;

/**
 * The storage settings of one topic, under Kafka's names and with Kafka's defaults. Checked ranges are the
 * configuration's business; this is the value as it holds.
 *
 * @param segmentBytes {@code segment.bytes}: a segment is closed before it grows beyond this
 * @param segmentMs {@code segment.ms}: a segment is closed when it is older than this
 * @param segmentJitterMs {@code segment.jitter.ms}: up to this much is taken off {@code segmentMs} by chance
 * @param indexIntervalBytes {@code index.interval.bytes}: one index entry per this many bytes
 * @param segmentIndexBytes {@code segment.index.bytes}: a segment is closed when its offset index is this long
 * @param retention what is deleted and when
 * @param compaction what is kept per key
 * @param maxMessageBytes {@code max.message.bytes}: the largest batch
 * @param timestamps which times are taken
 * @param compressionType {@code compression.type}: {@code producer}, {@code uncompressed} or a codec's name
 * @param compressionLevel the codec's level, or {@link #DEFAULT_COMPRESSION_LEVEL}
 * @param flush when an append counts as durable
 */
public record LogConfig(
        int segmentBytes,
        long segmentMs,
        long segmentJitterMs,
        int indexIntervalBytes,
        int segmentIndexBytes,
        Retention retention,
        Compaction compaction,
        int maxMessageBytes,
        Timestamps timestamps,
        String compressionType,
        int compressionLevel,
        Flush flush) {
    /** "The codec's own default." */
    public static final int DEFAULT_COMPRESSION_LEVEL = Integer.MIN_VALUE;

    /** "No limit", for retention by time or size. */
    public static final long UNLIMITED = -1;

    /** Kafka's defaults; every append is synced. */
    public static final LogConfig DEFAULTS = new LogConfig(
            1 << 30,
            604_800_000L,
            0,
            4096,
            10 << 20,
            new Retention(true, 604_800_000L, UNLIMITED, 60_000),
            new Compaction(false, 86_400_000L, 0, Long.MAX_VALUE, 0.5),
            1_048_588,
            new Timestamps(false, Long.MAX_VALUE, 3_600_000),
            "producer",
            DEFAULT_COMPRESSION_LEVEL,
            Flush.FSYNC);

    /** The same, with other retention. */
    public LogConfig withRetention(Retention changed) {
        return new LogConfig(
                segmentBytes,
                segmentMs,
                segmentJitterMs,
                indexIntervalBytes,
                segmentIndexBytes,
                changed,
                compaction,
                maxMessageBytes,
                timestamps,
                compressionType,
                compressionLevel,
                flush);
    }

    /** The same, with other compaction. */
    public LogConfig withCompaction(Compaction changed) {
        return new LogConfig(
                segmentBytes,
                segmentMs,
                segmentJitterMs,
                indexIntervalBytes,
                segmentIndexBytes,
                retention,
                changed,
                maxMessageBytes,
                timestamps,
                compressionType,
                compressionLevel,
                flush);
    }

    /** The same, with segments of another size and age. */
    public LogConfig withSegments(int changedBytes, long changedMs) {
        return new LogConfig(
                changedBytes,
                changedMs,
                segmentJitterMs,
                indexIntervalBytes,
                segmentIndexBytes,
                retention,
                compaction,
                maxMessageBytes,
                timestamps,
                compressionType,
                compressionLevel,
                flush);
    }

    /** The same, with other durability. */
    public LogConfig withFlush(Flush changed) {
        return new LogConfig(
                segmentBytes,
                segmentMs,
                segmentJitterMs,
                indexIntervalBytes,
                segmentIndexBytes,
                retention,
                compaction,
                maxMessageBytes,
                timestamps,
                compressionType,
                compressionLevel,
                changed);
    }

    /** The same, with other rules for times. */
    public LogConfig withTimestamps(Timestamps changed) {
        return new LogConfig(
                segmentBytes,
                segmentMs,
                segmentJitterMs,
                indexIntervalBytes,
                segmentIndexBytes,
                retention,
                compaction,
                maxMessageBytes,
                changed,
                compressionType,
                compressionLevel,
                flush);
    }

    /** The same, with another limit for a batch. */
    public LogConfig withMaxMessageBytes(int changed) {
        return new LogConfig(
                segmentBytes,
                segmentMs,
                segmentJitterMs,
                indexIntervalBytes,
                segmentIndexBytes,
                retention,
                compaction,
                changed,
                timestamps,
                compressionType,
                compressionLevel,
                flush);
    }

    /** The same, with another codec. */
    public LogConfig withCompression(String changedType, int changedLevel) {
        return new LogConfig(
                segmentBytes,
                segmentMs,
                segmentJitterMs,
                indexIntervalBytes,
                segmentIndexBytes,
                retention,
                compaction,
                maxMessageBytes,
                timestamps,
                changedType,
                changedLevel,
                flush);
    }

    /**
     * What is deleted and when.
     *
     * @param delete {@code cleanup.policy} contains {@code delete}
     * @param retentionMs {@code retention.ms}, or {@link #UNLIMITED}
     * @param retentionBytes {@code retention.bytes}, or {@link #UNLIMITED}
     * @param fileDeleteDelayMs {@code file.delete.delay.ms}: how long a deleted segment's file stays
     */
    public record Retention(boolean delete, long retentionMs, long retentionBytes, long fileDeleteDelayMs) {}

    /**
     * What is kept per key.
     *
     * @param compact {@code cleanup.policy} contains {@code compact}
     * @param deleteRetentionMs {@code delete.retention.ms}: how long a tombstone stays
     * @param minLagMs {@code min.compaction.lag.ms}: younger records are left alone
     * @param maxLagMs {@code max.compaction.lag.ms}: older records are compacted soon
     * @param minDirtyRatio {@code min.cleanable.dirty.ratio}: the uncompacted share that makes it worthwhile
     */
    public record Compaction(
            boolean compact, long deleteRetentionMs, long minLagMs, long maxLagMs, double minDirtyRatio) {}

    /**
     * Which times are taken.
     *
     * @param appendTime {@code message.timestamp.type} is {@code LogAppendTime}: the broker's time replaces the producer's
     * @param beforeMaxMs {@code message.timestamp.before.max.ms}: how old a record's time may be
     * @param afterMaxMs {@code message.timestamp.after.max.ms}: how far in the future it may be
     */
    public record Timestamps(boolean appendTime, long beforeMaxMs, long afterMaxMs) {}

    /**
     * When an append counts as durable.
     *
     * @param durability {@code daybook.durability}
     * @param messages {@code flush.messages}: under {@link Durability#OS}, sync after so many records
     * @param ms {@code flush.ms}: under {@link Durability#OS}, sync after so long
     * @param minCopies {@code min.insync.replicas}: copies that {@code acks=all} asks for
     */
    public record Flush(Durability durability, long messages, long ms, int minCopies) {
        /** Every append is synced before it is acknowledged. */
        public static final Flush FSYNC = new Flush(Durability.FSYNC, Long.MAX_VALUE, Long.MAX_VALUE, 1);

        /** The operating system decides; Kafka's default. */
        public static final Flush OS = new Flush(Durability.OS, Long.MAX_VALUE, Long.MAX_VALUE, 1);
    }
}
