package io.daybook.log;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicIdPartition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The log of one partition. Owned by the shard that opened it: every method is called there, and every future it returns
 * is completed there. No method waits for a disk to be synced, nor reads bytes that may not be in memory.
 */
public final class PartitionLog {
    PartitionLog() {}

    /** Which partition this is. */
    public TopicIdPartition id() {
        throw new UnsupportedOperationException();
    }

    /** What opening it had to do. */
    public RecoveryReport recovery() {
        throw new UnsupportedOperationException();
    }

    /**
     * Checks the batches and appends them, all or none. Offsets, leader epoch and (under append time) timestamps are
     * patched in place, so {@code batches} must be writable; it is borrowed until this returns, from its position to its
     * limit, and its position and limit are left alone.
     *
     * @param batches whole batches of format v2, back to back; a client sends exactly one
     * @param leaderEpoch the epoch under which this broker leads; not below the latest in the log
     */
    public AppendResult append(ByteBuffer batches, AppendOrigin origin, int leaderEpoch) {
        throw new UnsupportedOperationException();
    }

    /** The first offset that can be read. */
    public long startOffset() {
        throw new UnsupportedOperationException();
    }

    /** The offset that the next record gets. */
    public long endOffset() {
        throw new UnsupportedOperationException();
    }

    /** The high watermark: what is below it is as durable as the topic asks for. Exclusive. */
    public long durableOffset() {
        throw new UnsupportedOperationException();
    }

    /** Below it no transaction is undecided: the earliest record of an open transaction, else the durable offset. */
    public long lastStableOffset() {
        throw new UnsupportedOperationException();
    }

    /**
     * Completes on the shard, in the order of the offsets, with {@link ErrorCode#NONE} once everything below {@code
     * endOffset} is durable, or with {@link ErrorCode#KAFKA_STORAGE_ERROR} once it is clear that it never will be.
     */
    public CompletableFuture<ErrorCode> whenDurable(long endOffset) {
        throw new UnsupportedOperationException();
    }

    /** Runs on the shard each time after the durable offset moved or the log failed. One listener; replaces the last. */
    public void onDurableAdvance(Runnable listener) {
        throw new UnsupportedOperationException();
    }

    /** Whether the log can no longer be written: its drive failed. Reading may still work. */
    public boolean isOffline() {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads batches from the one that contains {@code offset}.
     *
     * @param maxBytes how many bytes at most
     * @param atLeastOneBatch whether the first batch is returned even if it is larger than {@code maxBytes}
     * @param limitOffset nothing at or beyond it is returned; usually the durable or last stable offset
     */
    public ReadResult read(long offset, int maxBytes, boolean atLeastOneBatch, long limitOffset) {
        throw new UnsupportedOperationException();
    }

    /** The first record, by offset, at or above the start whose timestamp is at least this. */
    public CompletableFuture<TimestampOffset> offsetForTimestamp(long timestampMs) {
        throw new UnsupportedOperationException();
    }

    /** The record with the greatest timestamp, the first if several. */
    public CompletableFuture<TimestampOffset> maxTimestamp() {
        throw new UnsupportedOperationException();
    }

    /** The leader epoch of the last append, empty before the first. */
    public Optional<Integer> latestLeaderEpoch() {
        throw new UnsupportedOperationException();
    }

    /** The leader epoch under which the record at this offset was written, empty if unknown. */
    public Optional<Integer> leaderEpochAt(long offset) {
        throw new UnsupportedOperationException();
    }

    /** Where the epoch ends, as a follower or consumer asks to find out whether its own history diverges. */
    public EpochEndOffset endOffsetForEpoch(int leaderEpoch) {
        throw new UnsupportedOperationException();
    }

    /** From the end offset on, records belong to this epoch. Without effect if it is not above the latest. */
    public void beginLeaderEpoch(int leaderEpoch) {
        throw new UnsupportedOperationException();
    }

    /** The producers that the log remembers. */
    public List<ActiveProducer> activeProducers() {
        throw new UnsupportedOperationException();
    }

    /** The aborted transactions that have records from {@code startOffset} to {@code endOffset} (exclusive). */
    public CompletableFuture<List<AbortedTransaction>> abortedTransactions(long startOffset, long endOffset) {
        throw new UnsupportedOperationException();
    }

    /**
     * Moves the start offset up to {@code offset} (at most the durable offset); completes when that is durable. Segments
     * that lie below it are deleted by and by.
     *
     * @return the start offset afterwards, or empty if the offset is above the durable offset
     */
    public CompletableFuture<Optional<Long>> deleteRecordsBefore(long offset) {
        throw new UnsupportedOperationException();
    }

    /** Closes a segment that is old enough, deletes segments by time, size and start offset. Cheap when nothing is due. */
    public void applyRetention() {
        throw new UnsupportedOperationException();
    }

    /** Compacts closed segments if the settings ask for it and it is worthwhile; completes when done or not due. */
    public CompletableFuture<Void> compact() {
        throw new UnsupportedOperationException();
    }

    /** Settings from now on. */
    public void configure(LogConfig config) {
        throw new UnsupportedOperationException();
    }

    /** The settings that hold. */
    public LogConfig config() {
        throw new UnsupportedOperationException();
    }

    /** All bytes of all segments. */
    public long sizeBytes() {
        throw new UnsupportedOperationException();
    }

    /** Makes everything durable and lets go of all files; completes when done. The log may then be opened again. */
    public CompletableFuture<Void> close() {
        throw new UnsupportedOperationException();
    }
}
