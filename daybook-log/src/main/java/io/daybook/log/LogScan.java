package io.daybook.log;

import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.ScanEnd;
import io.daybook.log.segment.BlobKind;
import io.daybook.log.segment.Segment;
import io.daybook.log.segment.SegmentChain;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads segments batch by batch, in pieces, and builds what follows from them: indexes, epochs, producers. From a certain
 * segment on every batch is checked, and the first that does not check ends the log.
 */
final class LogScan {
    private static final int PIECE_BYTES = 1 << 20;

    private final SegmentChain chain;
    private final LogConfig config;
    private final List<Segment> found;
    private final LeaderEpochs epochs;
    private final ProducerStates producers;
    private final List<@Nullable IndexedSegment> scanned = new ArrayList<>();
    private int checkFrom;
    private long scannedBytes;
    private long endOffset;

    /**
     * What the scan found.
     *
     * @param scanned for each segment its indexes, or null where it was not checked
     * @param lastSegment the index of the segment in which the log ends
     * @param wholeBytes where it ends there
     * @param endOffset the offset after the last record
     * @param reason why it ends there, empty if that is where the bytes end
     */
    record Result(
            List<@Nullable IndexedSegment> scanned,
            int lastSegment,
            long wholeBytes,
            long endOffset,
            long scannedBytes,
            String reason) {}

    LogScan(SegmentChain chain, LogConfig config, List<Segment> found, LeaderEpochs epochs, ProducerStates producers) {
        this.chain = chain;
        this.config = config;
        this.found = found;
        this.epochs = epochs;
        this.producers = producers;
    }

    /** Scans from a segment on for the producers; checks and indexes from {@code checkedFrom} on. */
    CompletableFuture<Result> run(int from, int checkedFrom) {
        checkFrom = checkedFrom;
        for (int i = 0; i < from; i++) {
            scanned.add(null);
        }
        endOffset = found.get(from).baseOffset();
        return segment(from);
    }

    private CompletableFuture<Result> segment(int index) {
        Segment segment = found.get(index);
        IndexedSegment target = IndexedSegment.empty(segment, 0);
        scanned.add(index >= checkFrom ? target : null);
        endOffset = Math.max(endOffset, segment.baseOffset());
        target.endAt(endOffset);
        return piece(index, target, 0, PIECE_BYTES);
    }

    private CompletableFuture<Result> piece(int index, IndexedSegment target, long position, int look) {
        Segment segment = target.segment();
        if (position >= segment.sizeBytes()) {
            return end(index, target, position, "");
        }
        return segment.load(position, look).thenCompose(bytes -> {
            ScanEnd end = take(index, target, position, bytes);
            int taken = end.position() - bytes.position();
            scannedBytes += taken;
            boolean more = end instanceof ScanEnd.Torn && position + look < segment.sizeBytes();
            if (end.isWhole() || (more && taken > 0)) {
                return piece(index, target, position + taken, PIECE_BYTES);
            }
            if (more && look < Integer.MAX_VALUE / 4) {
                return piece(index, target, position, look * 4);
            }
            return end(index, target, position + taken, end.reason());
        });
    }

    /** Takes the batches of one piece into account; where and why it stops. */
    private ScanEnd take(int index, IndexedSegment target, long position, ByteBuffer bytes) {
        RecordBatches batches = new RecordBatches(bytes);
        int start = bytes.position();
        boolean checks = index >= checkFrom;
        while (checks ? batches.nextValid() : batches.next()) {
            RecordBatch batch = batches.batch();
            if (batch.baseOffset() < endOffset
                    || batch.lastOffsetDelta() < 0
                    || (index + 1 < found.size()
                            && batch.lastOffset() >= found.get(index + 1).baseOffset())) {
                return new ScanEnd.Corrupt(
                        batch.position(),
                        "the offsets " + batch.baseOffset() + " to " + batch.lastOffset()
                                + " do not continue the log at " + endOffset);
            }
            target.index(batch, position + batch.position() - start, config.indexIntervalBytes());
            epochs.begin(batch.partitionLeaderEpoch(), batch.baseOffset());
            producers.apply(batch, LogOpening.marker(batch)).ifPresent(target::addAborted);
            endOffset = batch.nextOffset();
        }
        return batches.end();
    }

    private CompletableFuture<Result> end(int index, IndexedSegment target, long position, String reason) {
        boolean whole = position >= target.sizeBytes();
        target.endAt(endOffset);
        if (whole && index + 1 < found.size() && !isGapBehind(index)) {
            target.endAt(found.get(index + 1).baseOffset());
            storeProducers(index + 1);
            return segment(index + 1);
        }
        if (!whole && (index < checkFrom || endOffset < chain.recoveryOffset())) {
            return CompletableFuture.failedFuture(new CorruptLogException(
                    "segment " + target.baseOffset() + " does not check at position " + position + " (offset "
                            + endOffset + "), below the recovery point " + chain.recoveryOffset() + ": " + reason,
                    endOffset));
        }
        if (whole && endOffset < chain.recoveryOffset()) {
            return CompletableFuture.failedFuture(new CorruptLogException(
                    "the log ends at offset " + endOffset + ", below the recovery point " + chain.recoveryOffset()
                            + ": records that were durable are missing",
                    endOffset));
        }
        String why = whole && index + 1 < found.size()
                ? "the next segment begins at offset " + found.get(index + 1).baseOffset()
                : reason;
        return CompletableFuture.completedFuture(new Result(scanned, index, position, endOffset, scannedBytes, why));
    }

    /** The crash may have come before the snapshot; the batches that it is made from here may be deleted next. */
    private void storeProducers(int index) {
        long base = found.get(index).baseOffset();
        if (index >= checkFrom
                || !chain.initialBlobs(BlobKind.PRODUCER_SNAPSHOT).contains(base)) {
            chain.writeBlob(BlobKind.PRODUCER_SNAPSHOT, base, producers.snapshot());
        }
    }

    /** Compaction leaves gaps between segments, but below the recovery point; above it records were lost. */
    private boolean isGapBehind(int index) {
        long nextBase = found.get(index + 1).baseOffset();
        return endOffset < nextBase && nextBase > chain.recoveryOffset();
    }
}
