package io.daybook.log;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicIdPartition;
import io.daybook.base.record.Records;
import io.daybook.log.segment.BlobKind;
import io.daybook.log.segment.SegmentChain;
import io.daybook.runtime.Shard;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The log of one partition. Owned by the shard that opened it: every method is called there, and every future it returns
 * is completed there. No method waits for a disk to be synced, nor reads bytes that may not be in memory.
 */
public final class PartitionLog {
    private static final Runnable NOBODY = () -> {};

    private final LogContext context;
    private final Shard shard;
    private final SegmentChain chain;
    private final SegmentList segments;
    private final SegmentIndexes indexes;
    private final LogReader reader;
    private final LeaderEpochs epochs;
    private final ProducerStates producers;
    private final LogDurability durability;
    private final LogAppender appender;
    private final LogRetention retention;
    private final LogCompaction compaction;
    private final RecoveryReport recovery;
    private LogConfig config;
    private long startOffset;
    /** Up to here a crash does not bring records back; retention runs ahead of it. */
    private long durableStartOffset;

    private Runnable onUse = NOBODY;
    private Runnable onClose = NOBODY;
    private long lastUseMs;
    private boolean awake = true;

    PartitionLog(LogContext context, LogConfig config, OpenedLog opened) {
        this.context = context;
        this.shard = context.shard();
        this.chain = context.chain();
        this.config = config;
        this.segments = opened.segments();
        this.epochs = opened.epochs();
        this.producers = opened.producers();
        this.recovery = opened.recovery();
        this.startOffset = opened.startOffset();
        this.durableStartOffset = context.chain().startOffset();
        this.indexes = new SegmentIndexes(chain);
        this.reader = new LogReader(segments, indexes, context.scratch().heads(), this::read);
        this.durability = new LogDurability(context, reader, producers, config.flush(), opened.endOffset());
        this.appender = new LogAppender(context, config, opened, indexes, durability, this::used);
        this.retention = new LogRetention(this, segments, indexes, context);
        this.compaction = new LogCompaction(context, segments, indexes, producers);
        used();
        chain.listen(durability);
    }

    /** Which partition this is. */
    public TopicIdPartition id() {
        return context.id();
    }

    /** What opening it had to do. */
    public RecoveryReport recovery() {
        return recovery;
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
        return append(batches, origin, leaderEpoch, false);
    }

    /**
     * As {@link #append(ByteBuffer, AppendOrigin, int)}.
     *
     * @param answeredAtOnce whether somebody relies on the records before they are durable: then they survive the end of this
     *     process, though perhaps not that of the system, when this returns; else they may be in its memory only until then
     */
    public AppendResult append(ByteBuffer batches, AppendOrigin origin, int leaderEpoch, boolean answeredAtOnce) {
        shard.checkOwner();
        return appender.append(batches, origin, leaderEpoch, answeredAtOnce, startOffset);
    }

    /** Refuses batches for a reason that is not the log's: what was sent behind them waits until they come again. */
    public AppendResult refuse(ByteBuffer batches, ErrorCode code, String reason) {
        shard.checkOwner();
        return appender.awaiting(batches, new AppendResult.Refused(code, reason));
    }

    /** Batches were refused before the log was open: what was sent behind them is out of order until they come again. */
    public void await(AwaitedSequences refused) {
        shard.checkOwner();
        producers.await(refused);
    }

    /** The first offset that can be read. */
    public long startOffset() {
        shard.checkOwner();
        return startOffset;
    }

    /** The offset that the next record gets. */
    public long endOffset() {
        shard.checkOwner();
        return appender.endOffset();
    }

    /** The high watermark: what is below it is as durable as the topic asks for. Exclusive. */
    public long durableOffset() {
        shard.checkOwner();
        return durability.durableOffset();
    }

    /** Below it no transaction is undecided: the earliest record of an open transaction, else the durable offset. */
    public long lastStableOffset() {
        shard.checkOwner();
        return producers.firstUnstableOffset(durability.durableOffset());
    }

    /**
     * Completes on the shard, in the order of the offsets, with {@link ErrorCode#NONE} once everything below {@code
     * endOffset} is durable, or with {@link ErrorCode#KAFKA_STORAGE_ERROR} once it is clear that it never will be.
     */
    public CompletableFuture<ErrorCode> whenDurable(long waitedEndOffset) {
        return whenDurable(waitedEndOffset, DurabilityWaiters.FOR_EVER);
    }

    /**
     * As {@link #whenDurable(long)}, but with {@link ErrorCode#REQUEST_TIMED_OUT} if that takes longer; a little later,
     * since nobody hurries for it.
     *
     * @param timeoutMs how long to wait; {@link Long#MAX_VALUE} is for ever
     */
    public CompletableFuture<ErrorCode> whenDurable(long waitedEndOffset, long timeoutMs) {
        shard.checkOwner();
        return durability.when(waitedEndOffset, timeoutMs);
    }

    /** Runs on the shard each time after the durable offset moved or the log failed. One listener; replaces the last. */
    public void onDurableAdvance(Runnable listener) {
        shard.checkOwner();
        durability.onAdvance(listener);
    }

    /** Whether the log can no longer be written: its drive failed. Reading may still work. */
    public boolean isOffline() {
        shard.checkOwner();
        return durability.isOffline();
    }

    /**
     * Reads batches from the one that contains {@code offset}.
     *
     * @param maxBytes how many bytes at most
     * @param atLeastOneBatch whether the first batch is returned even if it is larger than {@code maxBytes}
     * @param limitOffset nothing at or beyond it is returned; usually the durable or last stable offset
     */
    public ReadResult read(long offset, int maxBytes, boolean atLeastOneBatch, long limitOffset) {
        shard.checkOwner();
        return read(new LogReader.Request(offset, maxBytes, atLeastOneBatch, limitOffset));
    }

    private ReadResult read(LogReader.Request request) {
        long endOffset = appender.endOffset();
        if (request.offset() < startOffset || request.offset() > endOffset) {
            return new ReadResult.OutOfRange(startOffset, endOffset);
        }
        used();
        LogReader.Request bounded = request.below(endOffset);
        if (bounded.isNothing()) {
            return new ReadResult.Slice(Records.EMPTY);
        }
        return reader.read(bounded, config.indexIntervalBytes());
    }

    /** The first record, by offset, at or above the start whose timestamp is at least this. */
    public CompletableFuture<TimestampOffset> offsetForTimestamp(long timestampMs) {
        shard.checkOwner();
        return timestamps().atOrAfter(timestampMs);
    }

    /** The record with the greatest timestamp, the first if several. */
    public CompletableFuture<TimestampOffset> maxTimestamp() {
        shard.checkOwner();
        return timestamps().greatest();
    }

    private TimestampSearch timestamps() {
        return new TimestampSearch(
                segments, indexes, epochs, new TimestampSearch.Range(startOffset, durability.durableOffset()), config);
    }

    /** The leader epoch of the last append, empty before the first. */
    public Optional<Integer> latestLeaderEpoch() {
        shard.checkOwner();
        return epochs.optional(epochs.latest());
    }

    /** The leader epoch under which the record at this offset was written, empty if unknown. */
    public Optional<Integer> leaderEpochAt(long offset) {
        shard.checkOwner();
        return epochs.optional(epochs.at(offset));
    }

    /** Where the epoch ends, as a follower or consumer asks to find out whether its own history diverges. */
    public EpochEndOffset endOffsetForEpoch(int leaderEpoch) {
        shard.checkOwner();
        return epochs.endOffset(leaderEpoch, durability.durableOffset());
    }

    /** The producers that the log remembers. */
    public List<ActiveProducer> activeProducers() {
        shard.checkOwner();
        return producers.describe();
    }

    /** The aborted transactions that have records from {@code startOffset} to {@code endOffset} (exclusive). */
    public CompletableFuture<List<AbortedTransaction>> abortedTransactions(long fromOffset, long toOffset) {
        shard.checkOwner();
        return TransactionSearch.aborted(segments, indexes, fromOffset, toOffset);
    }

    /**
     * Moves the start offset up to {@code offset} (at most the durable offset); completes when that is durable. Segments
     * that lie below it are deleted by and by.
     *
     * @return the start offset afterwards, or empty if the offset is above the durable offset
     */
    public CompletableFuture<Optional<Long>> deleteRecordsBefore(long offset) {
        shard.checkOwner();
        if (offset > durability.durableOffset()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (offset <= durableStartOffset) {
            return CompletableFuture.completedFuture(Optional.of(startOffset));
        }
        startAt(offset);
        long reachedOffset = startOffset;
        return chain.setStartOffset(reachedOffset).thenApply(done -> {
            durableStartOffset = Math.max(durableStartOffset, reachedOffset);
            return Optional.of(startOffset);
        });
    }

    /** Closes the last segment and starts the next at the end offset. */
    void roll() {
        appender.roll();
    }

    /** Nothing below is readable from now on. */
    void startAt(long offset) {
        startOffset = Math.max(startOffset, offset);
        if (epochs.startAt(startOffset)) {
            chain.writeBlob(BlobKind.LEADER_EPOCHS, 0, epochs.encode());
        }
    }

    /**
     * Closes a segment that is old enough, deletes segments by time, size and start offset. Cheap when nothing is due.
     * Completes when what is due is gone from the disk, too; a log that is closed before may keep it until it is opened.
     */
    public CompletableFuture<Void> applyRetention() {
        shard.checkOwner();
        producers.expire(context.ticker().wallMs(), context.producerIdExpirationMs());
        return durability.isWritable() && !compaction.runs()
                ? retention.apply()
                : CompletableFuture.completedFuture(null);
    }

    /** What retention has to expect of this log if it is closed now. */
    public RetentionOutlook outlook() {
        shard.checkOwner();
        return retention.outlook();
    }

    /** Compacts closed segments if the settings ask for it and it is worthwhile; completes when done or not due. */
    public CompletableFuture<Void> compact() {
        shard.checkOwner();
        if (!durability.isWritable()) {
            return CompletableFuture.completedFuture(null);
        }
        return compaction.run(config, producers.firstUnstableOffset(durability.durableOffset()));
    }

    /** Settings from now on. */
    public void configure(LogConfig newConfig) {
        shard.checkOwner();
        config = newConfig;
        appender.configure(newConfig);
        durability.configure(newConfig.flush(), appender.endOffset());
    }

    /** The settings that hold. */
    public LogConfig config() {
        return config;
    }

    /** All bytes of all segments. */
    public long sizeBytes() {
        shard.checkOwner();
        return segments.sizeBytes();
    }

    private void used() {
        lastUseMs = context.ticker().monotonicMs();
        if (!awake) {
            awake = true;
            onUse.run();
        }
    }

    /** Runs when the log is used after a rest. */
    void onUse(Runnable listener) {
        onUse = listener;
    }

    /** Runs when the log closes. */
    void onClose(Runnable listener) {
        onClose = listener;
    }

    /** Whether it may hold open files. */
    boolean isAwake() {
        return awake;
    }

    /** Lets go of files that were not used for so long, and of the indexes of closed segments. */
    void rest(long unusedMs) {
        awake = context.ticker().monotonicMs() - lastUseMs < unusedMs;
        if (!durability.isClosed() && !compaction.runs()) {
            for (IndexedSegment segment : segments.all()) {
                if (segment != segments.last()) {
                    segment.dropIndexes();
                }
            }
            chain.rest(unusedMs);
        }
    }

    /** Makes everything durable and lets go of all files; completes when done. The log may then be opened again. */
    public CompletableFuture<Void> close() {
        shard.checkOwner();
        if (durability.isClosed()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> stored =
                durability.isOffline() ? CompletableFuture.completedFuture(null) : appender.store();
        durability.close();
        onClose.run();
        chain.sync();
        return stored.handle((done, error) -> chain.close())
                .thenCompose(chainClosed -> chainClosed.thenRun(durability::end));
    }
}
