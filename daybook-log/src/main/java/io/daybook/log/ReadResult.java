package io.daybook.log;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.Records;
import java.util.concurrent.CompletableFuture;

/** What a read found. */
public sealed interface ReadResult
        permits ReadResult.Slice, ReadResult.Pending, ReadResult.OutOfRange, ReadResult.Failed {
    /**
     * Whole batches, the first of which contains the offset asked for (and may begin before it). No bytes if there is
     * nothing yet at that offset below the limit.
     *
     * @param records the batches; if they are {@link FileRecords}, the reader calls {@link FileRecords#release()} once
     *     when done
     */
    record Slice(Records records) implements ReadResult {}

    /**
     * The bytes may lie on a cold disk; they are being brought into memory off this thread.
     *
     * @param result completed on the shard that owns the log, with anything but another {@code Pending}
     */
    record Pending(CompletableFuture<ReadResult> result) implements ReadResult {}

    /**
     * There is no such offset in this log.
     *
     * @param startOffset the first offset that the log holds
     * @param endOffset the offset after the last one, exclusive
     */
    record OutOfRange(long startOffset, long endOffset) implements ReadResult {}

    /**
     * The offset exists but cannot be read.
     *
     * @param code {@code KAFKA_STORAGE_ERROR} for a failed drive, {@code CORRUPT_MESSAGE} for bytes that do not check
     * @param reason what and where, for people
     */
    record Failed(ErrorCode code, String reason) implements ReadResult {}
}
