package io.daybook.log;

import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.EndTransactionMarker;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.RecordReader;
import io.daybook.log.segment.BlobKind;
import io.daybook.log.segment.Segment;
import io.daybook.log.segment.SegmentChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a log: after a clean stop by its stored indexes and the snapshot of its producers, else, and if its last segment is
 * small, by checking every batch from the recovery point on. What does not check at the end was never acknowledged and is cut; what does not check before
 * the recovery point was durable, and is an error.
 */
final class LogOpening {
    private static final Logger LOG = LoggerFactory.getLogger(LogOpening.class);
    private static final long MARKER_BYTES = 1 << 20;
    private static final int TAIL_BYTES = 64 << 10;
    /** What opening a log may read instead of the indexes and the snapshot of its last segment. */
    private static final int SMALL_BYTES = 1 << 20;

    private final LogContext context;
    private final LogConfig config;
    private final SegmentChain chain;
    private final SegmentIndexes indexes;
    private final List<Segment> found;
    private LeaderEpochs epochs = new LeaderEpochs();
    private int storedEpoch = LeaderEpochs.UNKNOWN;
    private final ProducerStates producers = new ProducerStates();

    private LogOpening(LogContext context, LogConfig config) {
        this.context = context;
        this.config = config;
        this.chain = context.chain();
        this.indexes = new SegmentIndexes(chain);
        this.found = alive(chain);
    }

    /** Segments that lie below the start offset were deleted before; a crash brought them back. */
    private static List<Segment> alive(SegmentChain chain) {
        List<Segment> all = chain.initialSegments();
        int first = 0;
        while (first + 1 < all.size() && all.get(first + 1).baseOffset() <= chain.startOffset()) {
            first++;
        }
        if (first > 0) {
            chain.remove(all.subList(0, first));
        }
        return all.subList(first, all.size());
    }

    /** Opens; completes on the log's shard. Fails with a {@link CorruptLogException} if durable data does not check. */
    static CompletableFuture<PartitionLog> open(LogContext context, LogConfig config) {
        return new LogOpening(context, config).run().thenApply(opened -> new PartitionLog(context, config, opened));
    }

    /** The end of a transaction that a control batch holds, if it does. */
    static Optional<EndTransactionMarker> marker(RecordBatch batch) {
        if (!batch.isControl()) {
            return Optional.empty();
        }
        List<BatchRecord> records = RecordReader.readAll(batch, MARKER_BYTES);
        return records.isEmpty() ? Optional.empty() : EndTransactionMarker.read(records.get(0));
    }

    private CompletableFuture<OpenedLog> run() {
        if (found.isEmpty()) {
            return chain.recoveryOffset() == 0
                    ? CompletableFuture.completedFuture(startNew(chain.startOffset()))
                    : CompletableFuture.failedFuture(new CorruptLogException(
                            context.id() + " has no segments, but records below offset " + chain.recoveryOffset()
                                    + " were durable",
                            chain.startOffset()));
        }
        return chain.readBlob(BlobKind.LEADER_EPOCHS, 0).thenCompose(bytes -> {
            epochs = bytes.map(LeaderEpochs::decode).orElseGet(LeaderEpochs::new);
            storedEpoch = epochs.latest();
            return areEpochsLost() ? recover() : openByEnd();
        });
    }

    /** The file is written without a sync; what a crash took of it is found in the batches. */
    private boolean areEpochsLost() {
        return epochs.latest() == LeaderEpochs.UNKNOWN && found.stream().anyMatch(segment -> segment.sizeBytes() > 0);
    }

    private CompletableFuture<OpenedLog> openByEnd() {
        return cleanEnd().thenCompose(end -> end.isPresent() ? openClean(end.getAsLong()) : recover());
    }

    private OpenedLog startNew(long baseOffset) {
        SegmentList segments = new SegmentList();
        segments.add(
                IndexedSegment.empty(chain.roll(baseOffset), context.ticker().wallMs()));
        return new OpenedLog(segments, epochs, producers, RecoveryReport.CLEAN, baseOffset, baseOffset, baseOffset > 0);
    }

    /** Where the last segment ends, if its stored indexes lead to whole batches up to the recovery point and its end. */
    private CompletableFuture<OptionalLong> cleanEnd() {
        Segment last = found.get(found.size() - 1);
        if (hasNeverHeldRecords()) {
            return CompletableFuture.completedFuture(OptionalLong.of(0));
        }
        if (!chain.initialBlobs(BlobKind.PRODUCER_SNAPSHOT).contains(chain.recoveryOffset())) {
            return CompletableFuture.completedFuture(OptionalLong.empty());
        }
        if (last.sizeBytes() == 0) {
            return CompletableFuture.completedFuture(
                    last.baseOffset() == chain.recoveryOffset()
                            ? OptionalLong.of(last.baseOffset())
                            : OptionalLong.empty());
        }
        return indexes.read(last)
                .thenCompose(stored -> stored.isEmpty()
                        ? CompletableFuture.completedFuture(OptionalLong.empty())
                        : tailEnd(last, stored.get().offsets().lastPosition(), TAIL_BYTES));
    }

    private boolean hasNeverHeldRecords() {
        return isEmpty() && found.get(0).baseOffset() == 0 && chain.recoveryOffset() == 0;
    }

    /** A log that was begun anew behind all of its records, as they were deleted, and got none since. */
    private boolean hasHeldNothingSince() {
        return isEmpty() && chain.recoveryOffset() < found.get(0).baseOffset();
    }

    private boolean isEmpty() {
        return found.size() == 1 && found.get(0).sizeBytes() == 0;
    }

    private CompletableFuture<OptionalLong> tailEnd(Segment last, long position, int lookBytes) {
        return last.load(position, lookBytes).thenCompose(bytes -> {
            RecordBatches batches = new RecordBatches(bytes);
            long next = position;
            long endOffset = -1;
            while (batches.nextValid()) {
                next = position + batches.batch().position() + batches.batch().sizeBytes();
                endOffset = batches.batch().nextOffset();
            }
            if (next == last.sizeBytes()) {
                return CompletableFuture.completedFuture(
                        endOffset == chain.recoveryOffset() ? OptionalLong.of(endOffset) : OptionalLong.empty());
            }
            if (position + lookBytes >= last.sizeBytes() || lookBytes > config.segmentBytes()) {
                return CompletableFuture.completedFuture(OptionalLong.empty());
            }
            return next > position
                    ? tailEnd(last, next, TAIL_BYTES)
                    : tailEnd(last, position, Math.multiplyExact(lookBytes, 4));
        });
    }

    private CompletableFuture<OpenedLog> openClean(long endOffset) {
        SegmentList segments = new SegmentList();
        long nowMs = context.ticker().wallMs();
        for (int i = 0; i < found.size(); i++) {
            long segmentEnd = i + 1 < found.size() ? found.get(i + 1).baseOffset() : endOffset;
            segments.add(
                    found.get(i).sizeBytes() == 0
                            ? IndexedSegment.empty(found.get(i), nowMs)
                            : IndexedSegment.stored(found.get(i), segmentEnd, nowMs));
        }
        if (hasNeverHeldRecords()) {
            return CompletableFuture.completedFuture(opened(segments, 0, RecoveryReport.CLEAN));
        }
        return snapshot(endOffset).thenCompose(restored -> {
            if (restored.isEmpty()) {
                return recover();
            }
            producers.restore(restored.get());
            return indexes.load(segments.last(), config.indexIntervalBytes())
                    .thenApply(loaded -> opened(segments, endOffset, RecoveryReport.CLEAN));
        });
    }

    private CompletableFuture<Optional<Map<Long, ProducerEntry>>> snapshot(long offset) {
        return chain.readBlob(BlobKind.PRODUCER_SNAPSHOT, offset)
                .thenApply(bytes -> bytes.flatMap(ProducerSnapshot::decode));
    }

    private OpenedLog opened(SegmentList segments, long endOffset, RecoveryReport report) {
        long startOffset = Math.max(chain.startOffset(), segments.first().baseOffset());
        if (epochs.cutAt(endOffset)) {
            chain.writeBlob(BlobKind.LEADER_EPOCHS, 0, epochs.encode());
        }
        if (endOffset >= startOffset) {
            boolean wasScanned = !report.clean() || report.scannedBytes() > 0;
            boolean isChanged = wasScanned && !isSmall(segments.last());
            return new OpenedLog(segments, epochs, producers, report, startOffset, endOffset, isChanged);
        }
        List<Segment> below =
                segments.all().stream().map(IndexedSegment::segment).toList();
        SegmentList fresh = new SegmentList();
        fresh.add(IndexedSegment.empty(chain.roll(startOffset), context.ticker().wallMs()));
        chain.writeBlob(BlobKind.PRODUCER_SNAPSHOT, startOffset, producers.snapshot());
        chain.remove(below);
        return new OpenedLog(fresh, epochs, producers, report, startOffset, startOffset, true);
    }

    /** Checks from the segment with the recovery point on, after the producers were restored from a snapshot before it. */
    private CompletableFuture<OpenedLog> recover() {
        int recoverFrom = 0;
        for (int i = 0; i < found.size() && found.get(i).baseOffset() <= chain.recoveryOffset(); i++) {
            recoverFrom = i;
        }
        int from = recoverFrom;
        // Lost epochs are found again in the batches from the begin on; the producers before it are in its snapshot
        // only.
        CompletableFuture<Integer> restored = restoreProducers(areEpochsLost() ? 0 : from);
        return restored.thenCompose(scanFrom -> {
            LogScan scan = new LogScan(chain, config, found, epochs, producers);
            return scan.run(scanFrom, from).thenCompose(result -> settle(result, from));
        });
    }

    /** Restores the latest usable snapshot at the base of a segment; the index of that segment. */
    private CompletableFuture<Integer> restoreProducers(int index) {
        long base = found.get(index).baseOffset();
        if (!chain.initialBlobs(BlobKind.PRODUCER_SNAPSHOT).contains(base)) {
            return index == 0 ? CompletableFuture.completedFuture(0) : restoreProducers(index - 1);
        }
        return snapshot(base).thenCompose(restored -> {
            if (restored.isPresent()) {
                producers.restore(restored.get());
                return CompletableFuture.completedFuture(index);
            }
            return index == 0 ? CompletableFuture.completedFuture(0) : restoreProducers(index - 1);
        });
    }

    /** Cuts what did not check, makes the rest durable, and forgets what lay behind. */
    private CompletableFuture<OpenedLog> settle(LogScan.Result result, int checkedFrom) {
        SegmentList segments = new SegmentList();
        long nowMs = context.ticker().wallMs();
        int last = result.lastSegment();
        for (int i = 0; i <= last; i++) {
            IndexedSegment scanned = result.scanned().get(i);
            segments.add(
                    scanned != null
                            ? scanned
                            : IndexedSegment.stored(
                                    found.get(i), found.get(i + 1).baseOffset(), nowMs));
        }
        long cutBytes = found.get(last).sizeBytes() - result.wholeBytes();
        boolean isKnown = result.endOffset() == chain.recoveryOffset() || hasHeldNothingSince();
        if (cutBytes == 0 && last + 1 == found.size() && isKnown) {
            // all of it is known to be durable, be it in the journal
            store(segments);
            return CompletableFuture.completedFuture(opened(
                    segments,
                    result.endOffset(),
                    new RecoveryReport(true, result.scannedBytes(), 0, -1, result.reason())));
        }
        CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);
        if (last + 1 < found.size()) {
            List<Segment> behind = found.subList(last + 1, found.size());
            cutBytes += behind.stream().mapToLong(Segment::sizeBytes).sum();
            settled = chain.remove(behind);
        }
        for (int i = checkedFrom; i <= last; i++) {
            Segment segment = found.get(i);
            long keptBytes = i == last ? result.wholeBytes() : segment.sizeBytes();
            settled = settled.thenCompose(done -> segment.cutTail(keptBytes));
        }
        for (long snapshot : new ArrayList<>(chain.initialBlobs(BlobKind.PRODUCER_SNAPSHOT))) {
            if (snapshot > result.endOffset()) {
                settled = settled.thenCompose(done -> chain.removeBlob(BlobKind.PRODUCER_SNAPSHOT, snapshot));
            }
        }
        RecoveryReport report = new RecoveryReport(
                false, result.scannedBytes(), cutBytes, cutBytes > 0 ? result.endOffset() : -1, result.reason());
        report(report);
        return settled.thenCompose(done -> chain.recovered(result.endOffset())).thenApply(done -> {
            store(segments);
            return opened(segments, result.endOffset(), report);
        });
    }

    /** Stores what was found in the batches, unless it is found there again quickly. */
    private void store(SegmentList segments) {
        for (int i = 0; i < segments.count(); i++) {
            IndexedSegment segment = segments.get(i);
            if (segment.hasIndexes() && (segment != segments.last() || !isSmall(segment))) {
                indexes.store(segment);
            }
        }
        if (epochs.latest() != storedEpoch
                && epochs.latestStart() < segments.last().baseOffset()) {
            chain.writeBlob(BlobKind.LEADER_EPOCHS, 0, epochs.encode());
        }
    }

    /** Whether all that is kept beside a segment is found in its batches in no time. */
    static boolean isSmall(IndexedSegment segment) {
        return segment.sizeBytes() <= SMALL_BYTES;
    }

    private void report(RecoveryReport report) {
        if (report.cutBytes() > 0) {
            LOG.atWarn()
                    .addKeyValue("partition", context.id())
                    .addKeyValue("offset", report.cutAtOffset())
                    .addKeyValue("bytes", report.cutBytes())
                    .addKeyValue("reason", report.reason())
                    .log("bytes that were not whole, and never acknowledged, cut off the end");
        }
    }
}
