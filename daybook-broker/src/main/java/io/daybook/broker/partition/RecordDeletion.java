package io.daybook.broker.partition;

import io.daybook.base.ErrorCode;
import io.daybook.log.PartitionLog;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What became of an order to delete the first records of a partition.
 *
 * @param code why nothing was deleted, or {@link ErrorCode#NONE}
 * @param logStartOffset the first offset that is left, -1 if nothing was deleted
 */
public record RecordDeletion(ErrorCode code, long logStartOffset) {
    /** Deletes everything that readers see. */
    public static final long UP_TO_HIGH_WATERMARK = -1;

    /** Nothing was deleted. */
    public static RecordDeletion failed(ErrorCode code) {
        return new RecordDeletion(code, -1);
    }

    /**
     * Deletes the records below an offset; completes when that is durable. For any thread.
     *
     * @param beforeOffset exclusive, or {@link #UP_TO_HIGH_WATERMARK}
     */
    public static CompletableFuture<RecordDeletion> delete(Partition partition, long beforeOffset) {
        if (!partition.config().retention().delete()) {
            return CompletableFuture.completedFuture(failed(ErrorCode.POLICY_VIOLATION));
        }
        return partition.ask(log -> delete(log, beforeOffset), (code, reason) -> failed(code));
    }

    private static CompletableFuture<RecordDeletion> delete(PartitionLog log, long beforeOffset) {
        long offset = beforeOffset == UP_TO_HIGH_WATERMARK ? log.durableOffset() : beforeOffset;
        if (offset < 0) {
            return CompletableFuture.completedFuture(failed(ErrorCode.OFFSET_OUT_OF_RANGE));
        }
        return log.deleteRecordsBefore(offset).thenApply(RecordDeletion::of);
    }

    private static RecordDeletion of(Optional<Long> startOffset) {
        return startOffset
                .map(offset -> new RecordDeletion(ErrorCode.NONE, offset))
                .orElse(failed(ErrorCode.OFFSET_OUT_OF_RANGE));
    }
}
