package io.daybook.log;

import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.RecordReader;
import io.daybook.base.record.ScanEnd;
import io.daybook.log.segment.Segment;
import io.daybook.log.segment.StorageFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * One compaction of the closed segments of a log: first the last offset of each key is gathered from those that were not
 * compacted before, then every segment up to there is rewritten without the records that have a successor, and put in the
 * place of the old ones. Works in pieces on the log's shard; the reading is the engine's.
 */
final class Compaction {
    private static final int PIECE_BYTES = 256 << 10;
    /** 24 bytes each, at most half filled: 192 MB at the very most. */
    private static final int MAX_KEYS = 4 << 20;

    private final LogContext context;
    private final LogConfig config;
    private final SegmentList segments;
    private final SegmentIndexes indexes;
    private final KeyOffsets lastOffsets = new KeyOffsets(MAX_KEYS);
    private final List<AbortedTransaction> aborted = new ArrayList<>();
    private final Set<Long> lastBatches = new HashSet<>();
    private boolean full;

    Compaction(LogContext context, LogConfig config, SegmentList segments, SegmentIndexes indexes) {
        this.context = context;
        this.config = config;
        this.segments = segments;
        this.indexes = indexes;
    }

    /**
     * Compacts the segments that end at or below {@code limitOffset}.
     *
     * @param dirtyOffset from here on nothing was compacted before
     * @return up to where the log is compacted now
     */
    CompletableFuture<Long> run(ProducerStates producers, long dirtyOffset, long limitOffset) {
        producers.entries().forEach(each -> lastBatches.add(each.lastOffset()));
        List<IndexedSegment> eligible = new ArrayList<>();
        for (IndexedSegment segment : segments.all()) {
            if (segment != segments.last() && segment.endOffset() <= limitOffset) {
                eligible.add(segment);
            }
        }
        List<IndexedSegment> gathered = new ArrayList<>();
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        for (IndexedSegment segment : eligible) {
            done = done.thenCompose(before -> indexes.load(segment, config.indexIntervalBytes()))
                    .thenAccept(loaded -> aborted.addAll(segment.aborted()));
        }
        for (IndexedSegment segment : eligible) {
            done = done.thenCompose(before -> gather(segment, dirtyOffset, gathered));
        }
        return done.thenCompose(keysKnown -> rewriteAll(gathered))
                .thenApply(rewritten -> gathered.isEmpty()
                        ? dirtyOffset
                        : gathered.get(gathered.size() - 1).endOffset());
    }

    private CompletableFuture<Void> gather(IndexedSegment segment, long dirtyOffset, List<IndexedSegment> gathered) {
        if (full) {
            return CompletableFuture.completedFuture(null);
        }
        if (segment.endOffset() <= dirtyOffset) {
            gathered.add(segment);
            return CompletableFuture.completedFuture(null);
        }
        return forEachBatch(segment.segment(), 0, PIECE_BYTES, batch -> {
                    gatherKeys(batch);
                    return true;
                })
                .thenAccept(read -> {
                    if (!full) {
                        gathered.add(segment);
                    }
                });
    }

    /** Records of aborted transactions are no successors of anything. */
    private void gatherKeys(RecordBatch batch) {
        if (full || batch.isControl() || isAborted(batch)) {
            return;
        }
        for (BatchRecord record : RecordReader.readAll(batch, RecordReader.UNBOUNDED)) {
            ByteBuffer key = record.key();
            if (key != null && !lastOffsets.put(key, record.offset())) {
                full = true;
                return;
            }
        }
    }

    private boolean isAborted(RecordBatch batch) {
        if (!batch.isTransactional()) {
            return false;
        }
        for (AbortedTransaction each : aborted) {
            if (each.producerId() == batch.producerId()
                    && each.firstOffset() <= batch.baseOffset()
                    && batch.baseOffset() <= each.lastOffset()) {
                return true;
            }
        }
        return false;
    }

    /** Small neighbours become one segment. */
    private CompletableFuture<Void> rewriteAll(List<IndexedSegment> gathered) {
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        List<IndexedSegment> group = new ArrayList<>();
        long groupBytes = 0;
        for (IndexedSegment segment : gathered) {
            boolean fits = groupBytes + segment.sizeBytes() <= config.segmentBytes()
                    && (group.isEmpty() || segment.endOffset() - group.get(0).baseOffset() <= Integer.MAX_VALUE);
            if (!fits && !group.isEmpty()) {
                List<IndexedSegment> complete = List.copyOf(group);
                done = done.thenCompose(before -> rewrite(complete));
                group.clear();
                groupBytes = 0;
            }
            group.add(segment);
            groupBytes += segment.sizeBytes();
        }
        if (!group.isEmpty()) {
            List<IndexedSegment> complete = List.copyOf(group);
            done = done.thenCompose(before -> rewrite(complete));
        }
        return done;
    }

    private CompletableFuture<Void> rewrite(List<IndexedSegment> group) {
        BatchFilter filter = new BatchFilter(
                lastOffsets,
                lastBatches,
                context.ticker().wallMs(),
                config.compaction().deleteRetentionMs());
        Segment replacement = context.chain().createReplacement(group.get(0).baseOffset());
        IndexedSegment rewritten =
                IndexedSegment.empty(replacement, context.ticker().wallMs());
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        for (IndexedSegment each : group) {
            done = done.thenCompose(
                    before -> forEachBatch(each.segment(), 0, PIECE_BYTES, batch -> write(rewritten, filter, batch)));
        }
        return done.thenCompose(written -> {
                    group.forEach(each -> each.aborted().forEach(rewritten::addAborted));
                    List<Segment> replaced =
                            group.stream().map(IndexedSegment::segment).toList();
                    return context.chain().replace(replaced, replacement);
                })
                .thenCompose(replaced -> {
                    rewritten.endAt(group.get(group.size() - 1).endOffset());
                    segments.replace(segments.indexOf(group.get(0)), group.size(), rewritten);
                    return indexes.store(rewritten);
                })
                .thenRun(rewritten::dropIndexes);
    }

    private boolean write(IndexedSegment target, BatchFilter filter, RecordBatch batch) {
        if (isAborted(batch)) {
            return append(target, batch.slice());
        }
        return filter.filter(batch).map(kept -> append(target, kept)).orElse(true);
    }

    private boolean append(IndexedSegment target, ByteBuffer kept) {
        long position = target.sizeBytes();
        RecordBatch batch = RecordBatch.at(kept, 0);
        if (target.segment().append(kept, batch.nextOffset()) != StorageFault.NONE) {
            return false;
        }
        target.index(batch, position, config.indexIntervalBytes());
        return true;
    }

    /** Goes over all batches of a segment; fails if one is not whole or if {@code action} returns false. */
    private CompletableFuture<Void> forEachBatch(
            Segment segment, long position, int look, Predicate<RecordBatch> action) {
        if (position >= segment.sizeBytes()) {
            return CompletableFuture.completedFuture(null);
        }
        return segment.load(position, look).thenCompose(bytes -> {
            RecordBatches batches = new RecordBatches(bytes);
            while (batches.nextValid()) {
                if (!action.test(batches.batch())) {
                    return CompletableFuture.failedFuture(
                            new IOException("segment " + segment.baseOffset() + " could not be rewritten"));
                }
            }
            ScanEnd end = batches.end();
            int taken = end.position() - bytes.position();
            if (end instanceof ScanEnd.Corrupt || (taken == 0 && look >= segment.sizeBytes() - position)) {
                return CompletableFuture.failedFuture(
                        new CorruptSegmentException(segment.baseOffset(), position + taken));
            }
            return forEachBatch(segment, position + taken, taken == 0 ? look * 4 : PIECE_BYTES, action);
        });
    }
}
