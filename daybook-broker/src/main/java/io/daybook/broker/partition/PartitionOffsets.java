package io.daybook.broker.partition;

import io.daybook.base.ErrorCode;
import io.daybook.log.EpochEndOffset;
import io.daybook.log.PartitionLog;
import io.daybook.log.TimestampOffset;
import java.util.concurrent.CompletableFuture;

/** Looks for offsets in a partition by Kafka's special timestamps and by time. For any thread. */
public final class PartitionOffsets {
    /** The end of what a reader sees. */
    public static final long LATEST = -1;
    /** The first offset. */
    public static final long EARLIEST = -2;
    /** The record with the greatest timestamp. */
    public static final long MAX_TIMESTAMP = -3;
    /** The first offset that lies on a local disk: all do. */
    public static final long EARLIEST_LOCAL = -4;
    /** The last offset in remote storage: there is none. */
    public static final long LATEST_TIERED = -5;
    /** The first offset that is to be moved to remote storage: there is none. */
    public static final long EARLIEST_PENDING_UPLOAD = -6;

    private static final int UNKNOWN_EPOCH = -1;

    private PartitionOffsets() {}

    /**
     * Looks for an offset.
     *
     * @param timestampMs a time, or one of the constants of this class
     * @param currentLeaderEpoch what the reader takes the leader's epoch for, or {@link FetchPosition#NO_EPOCH}
     */
    public static CompletableFuture<FoundOffset> find(
            Partition partition, long timestampMs, Isolation isolation, int currentLeaderEpoch) {
        ErrorCode fenced = partition.checkLeaderEpoch(currentLeaderEpoch);
        if (!fenced.isNone()) {
            return CompletableFuture.completedFuture(FoundOffset.failed(fenced));
        }
        return partition.ask(
                log -> find(partition, log, timestampMs, isolation), (code, reason) -> FoundOffset.failed(code));
    }

    /** Where a leader epoch ends for a reader: not beyond what is durable. */
    public static CompletableFuture<FoundEpochEnd> endOfEpoch(
            Partition partition, int leaderEpoch, int currentLeaderEpoch) {
        ErrorCode fenced = partition.checkLeaderEpoch(currentLeaderEpoch);
        if (!fenced.isNone()) {
            return CompletableFuture.completedFuture(new FoundEpochEnd(fenced, EpochEndOffset.UNKNOWN));
        }
        return partition.ask(
                log -> CompletableFuture.completedFuture(
                        new FoundEpochEnd(ErrorCode.NONE, partition.endOfEpoch(log, leaderEpoch))),
                (code, reason) -> new FoundEpochEnd(code, EpochEndOffset.UNKNOWN));
    }

    /**
     * Where an epoch ends, or why that is not known.
     *
     * @param code why not, or {@link ErrorCode#NONE}
     * @param end where it ends
     */
    public record FoundEpochEnd(ErrorCode code, EpochEndOffset end) {}

    private static CompletableFuture<FoundOffset> find(
            Partition partition, PartitionLog log, long timestampMs, Isolation isolation) {
        if (timestampMs == LATEST) {
            return found(endFor(log, isolation), partition.leaderEpoch());
        } else if (timestampMs == EARLIEST || timestampMs == EARLIEST_LOCAL) {
            return found(log.startOffset(), log.leaderEpochAt(log.startOffset()).orElse(UNKNOWN_EPOCH));
        } else if (timestampMs == LATEST_TIERED || timestampMs == EARLIEST_PENDING_UPLOAD) {
            return CompletableFuture.completedFuture(FoundOffset.NOTHING);
        } else if (timestampMs == MAX_TIMESTAMP) {
            return log.maxTimestamp().thenApply(record -> ifVisible(record, endFor(log, isolation)));
        } else if (timestampMs < 0) {
            return CompletableFuture.completedFuture(FoundOffset.failed(ErrorCode.UNSUPPORTED_VERSION));
        }
        return log.offsetForTimestamp(timestampMs).thenApply(record -> ifVisible(record, endFor(log, isolation)));
    }

    private static CompletableFuture<FoundOffset> found(long offset, int leaderEpoch) {
        return CompletableFuture.completedFuture(new FoundOffset(ErrorCode.NONE, offset, -1, leaderEpoch));
    }

    private static FoundOffset ifVisible(TimestampOffset record, long endOffset) {
        return record.offset() < 0 || record.offset() >= endOffset
                ? FoundOffset.NOTHING
                : new FoundOffset(ErrorCode.NONE, record.offset(), record.timestampMs(), record.leaderEpoch());
    }

    private static long endFor(PartitionLog log, Isolation isolation) {
        return switch (isolation) {
            case READ_UNCOMMITTED -> log.durableOffset();
            case READ_COMMITTED -> log.lastStableOffset();
        };
    }
}
