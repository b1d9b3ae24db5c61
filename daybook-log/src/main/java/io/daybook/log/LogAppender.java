package io.daybook.log;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatches;
import io.daybook.log.segment.BlobKind;
import io.daybook.log.segment.Segment;
import io.daybook.log.segment.SegmentChain;
import io.daybook.log.segment.StorageFault;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The end of a log, where it grows: checks what comes, gives it offsets, puts it into the last segment and begins the next
 * when that is full. Owned by the log's shard.
 */
final class LogAppender {
    private final LogContext context;
    private final SegmentChain chain;
    private final SegmentList segments;
    private final SegmentIndexes indexes;
    private final LeaderEpochs epochs;
    private final ProducerStates producers;
    private final LogDurability durability;
    private final Runnable onWrite;
    private LogConfig config;
    private long endOffset;
    private boolean hasChanged;

    /**
     * Appends behind what was opened.
     *
     * @param onWrite runs when something was written, before anybody hears of it
     */
    LogAppender(
            LogContext context,
            LogConfig config,
            OpenedLog opened,
            SegmentIndexes indexes,
            LogDurability durability,
            Runnable onWrite) {
        this.context = context;
        this.chain = context.chain();
        this.segments = opened.segments();
        this.indexes = indexes;
        this.epochs = opened.epochs();
        this.producers = opened.producers();
        this.durability = durability;
        this.onWrite = onWrite;
        this.config = config;
        this.endOffset = opened.endOffset();
        this.hasChanged = opened.isChanged();
    }

    /** The offset that the next record gets. */
    long endOffset() {
        return endOffset;
    }

    /** Settings from now on. */
    void configure(LogConfig newConfig) {
        config = newConfig;
    }

    /** See {@link PartitionLog#append}; the answer carries the log's start offset. */
    AppendResult append(
            ByteBuffer batches, AppendOrigin origin, int leaderEpoch, boolean answeredAtOnce, long startOffset) {
        if (!durability.isWritable()) {
            return refused(durability.obstacle());
        }
        if (leaderEpoch < epochs.latest()) {
            String reason = "leader epoch " + leaderEpoch + " is older than " + epochs.latest() + " in the log of "
                    + context.id();
            return awaiting(batches, new AppendResult.Refused(ErrorCode.NOT_LEADER_OR_FOLLOWER, reason));
        }
        long nowMs = context.ticker().wallMs();
        AppendCheck check = context.scratch().appendCheck();
        AppendResult.Refused refused = check.prepare(context.id(), batches, origin, config, nowMs);
        if (refused != null) {
            return awaiting(batches, refused);
        }
        ByteBuffer prepared = check.prepared();
        Optional<AppendResult> decided = askProducers(prepared, origin, startOffset);
        if (decided.isPresent()) {
            return decided.get();
        }
        long baseOffset = endOffset;
        StorageFault taken = write(prepared, leaderEpoch, durability.isSynced() && !answeredAtOnce);
        if (taken != StorageFault.NONE) {
            return awaiting(prepared, refused(taken));
        }
        long appendTimeMs = origin == AppendOrigin.CLIENT ? appendTimeMs(nowMs) : AppendResult.NO_APPEND_TIME;
        AppendResult appended = new AppendResult.Appended(baseOffset, endOffset - 1, appendTimeMs, startOffset);
        onWrite.run();
        durability.appended(endOffset - baseOffset, endOffset);
        return appended;
    }

    /** A later batch of the same producer must not get in before the one that is refused now comes again. */
    AppendResult awaiting(ByteBuffer batches, AppendResult.Refused refusal) {
        producers.refused(batches);
        return refusal;
    }

    private long appendTimeMs(long nowMs) {
        return config.timestamps().appendTime() ? nowMs : AppendResult.NO_APPEND_TIME;
    }

    private AppendResult.Refused refused(StorageFault why) {
        return new AppendResult.Refused(why.code(), "the log of " + context.id() + " takes nothing: " + why);
    }

    /** A refusal or the answer of the first arrival; empty if the batches may be appended. */
    private Optional<AppendResult> askProducers(ByteBuffer prepared, AppendOrigin origin, long startOffset) {
        RecordBatches batches = context.scratch().batches(prepared);
        while (batches.next()) {
            RecordBatch batch = batches.batch();
            if (batch.hasProducerId()) {
                ProducerStates.Verdict verdict = producers.check(batch, origin, LogOpening.marker(batch));
                if (!verdict.code().isNone()) {
                    return Optional.of(new AppendResult.Refused(verdict.code(), verdict.reason()));
                }
                ProducerEntry.AppendedBatch first = verdict.duplicate();
                if (first != null) {
                    return Optional.of(new AppendResult.Duplicate(
                            first.baseOffset(), first.lastOffset(), appendTimeMs(first.timestampMs()), startOffset));
                }
            }
        }
        return Optional.empty();
    }

    /** Puts batches that passed every check at the end, or nothing of them. */
    private StorageFault write(ByteBuffer prepared, int leaderEpoch, boolean mayDefer) {
        long baseOffset = endOffset;
        long nextOffset = endOffset;
        long maxTimestampMs = -1;
        RecordBatches batches = context.scratch().batches(prepared);
        while (batches.next()) {
            RecordBatch batch = batches.batch();
            batch.setBaseOffset(nextOffset);
            batch.setPartitionLeaderEpoch(leaderEpoch);
            nextOffset = batch.nextOffset();
            maxTimestampMs = Math.max(maxTimestampMs, batch.maxTimestamp());
        }
        IndexedSegment indexed = segmentFor(prepared.remaining(), nextOffset - 1, maxTimestampMs);
        long position = indexed.sizeBytes();
        Segment segment = indexed.segment();
        StorageFault taken =
                mayDefer ? segment.appendDeferred(prepared, nextOffset) : segment.append(prepared, nextOffset);
        if (taken == StorageFault.NONE) {
            take(prepared, indexed, position, baseOffset);
            endOffset = nextOffset;
            hasChanged = true;
        }
        return taken;
    }

    /** Indexes, epochs and producers learn of batches that are in the segment. */
    private void take(ByteBuffer prepared, IndexedSegment segment, long position, long baseOffset) {
        int start = prepared.position();
        RecordBatches batches = context.scratch().batches(prepared);
        while (batches.next()) {
            RecordBatch batch = batches.batch();
            segment.index(batch, position + batch.position() - start, config.indexIntervalBytes());
            if (batch.hasProducerId()) {
                producers.apply(batch, LogOpening.marker(batch)).ifPresent(segment::addAborted);
            }
        }
        // what began in the last segment is found there again
        epochs.begin(RecordBatch.at(prepared, start).partitionLeaderEpoch(), baseOffset);
    }

    private IndexedSegment segmentFor(int sizeBytes, long lastOffset, long maxTimestampMs) {
        IndexedSegment last = segments.last();
        if (!last.hasIndexes()) {
            throw new IllegalStateException("the last segment of " + context.id() + " has no indexes");
        }
        boolean full = last.sizeBytes() > 0
                && (last.sizeBytes() + sizeBytes > config.segmentBytes()
                        || lastOffset - last.baseOffset() > Integer.MAX_VALUE
                        || isIndexFull(last)
                        || isOld(last, maxTimestampMs));
        return full ? roll() : last;
    }

    private boolean isIndexFull(IndexedSegment segment) {
        return (segment.offsets().count() + 1) * OffsetIndex.ENTRY_BYTES > config.segmentIndexBytes()
                || (segment.times().count() + 2) * TimeIndex.ENTRY_BYTES > config.segmentIndexBytes();
    }

    private boolean isOld(IndexedSegment segment, long maxTimestampMs) {
        long jitterMs = config.segmentJitterMs() <= 0
                ? 0
                : Math.floorMod(
                        context.id().hashCode() * 31L + segment.baseOffset(),
                        Math.min(config.segmentJitterMs(), config.segmentMs()));
        boolean byRecords = segment.firstTimestampMs() >= 0 && maxTimestampMs >= 0;
        long ageMs = byRecords
                ? maxTimestampMs - segment.firstTimestampMs()
                : context.ticker().wallMs() - segment.createdMs();
        long maxAgeMs = config.compaction().compact()
                ? Math.min(config.segmentMs(), config.compaction().maxLagMs())
                : config.segmentMs();
        return ageMs > maxAgeMs - jitterMs;
    }

    /** Closes the last segment and starts the next at the end offset. */
    IndexedSegment roll() {
        IndexedSegment closed = segments.last();
        hasChanged = true;
        producers.expire(context.ticker().wallMs(), context.producerIdExpirationMs());
        chain.sync();
        indexes.store(closed);
        if (epochs.latestStart() >= closed.baseOffset()) {
            chain.writeBlob(BlobKind.LEADER_EPOCHS, 0, epochs.encode());
        }
        Segment next = chain.roll(endOffset);
        chain.writeBlob(BlobKind.PRODUCER_SNAPSHOT, endOffset, producers.snapshot());
        IndexedSegment fresh = IndexedSegment.empty(next, context.ticker().wallMs());
        segments.add(fresh);
        return fresh;
    }

    /** Stores beside the segments what the next opening would else have to gather from them; completes when stored. */
    CompletableFuture<Void> store() {
        IndexedSegment last = segments.last();
        if (!hasChanged || LogOpening.isSmall(last)) {
            return CompletableFuture.completedFuture(null);
        }
        chain.writeBlob(BlobKind.LEADER_EPOCHS, 0, epochs.encode());
        CompletableFuture<Void> stored =
                last.areIndexesStored() ? CompletableFuture.completedFuture(null) : indexes.store(last);
        return CompletableFuture.allOf(
                stored, chain.writeBlob(BlobKind.PRODUCER_SNAPSHOT, endOffset, producers.snapshot()));
    }
}
