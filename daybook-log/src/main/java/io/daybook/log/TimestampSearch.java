package io.daybook.log;

import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.RecordReader;
import io.daybook.log.segment.Segment;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Finds records by their time, by the time indexes and then by reading forward. One search; on the log's shard. */
final class TimestampSearch {
    private static final int LOOK_BYTES = 256 << 10;

    /** The offsets that may be found, the end exclusive. */
    record Range(long startOffset, long endOffset) {}

    private final SegmentList segments;
    private final SegmentIndexes indexes;
    private final LeaderEpochs epochs;
    private final Range range;
    private final int intervalBytes;

    TimestampSearch(SegmentList segments, SegmentIndexes indexes, LeaderEpochs epochs, Range range, LogConfig config) {
        this.segments = segments;
        this.indexes = indexes;
        this.epochs = epochs;
        this.range = range;
        this.intervalBytes = config.indexIntervalBytes();
    }

    /** The first record whose timestamp is at least this. */
    CompletableFuture<TimestampOffset> atOrAfter(long timestampMs) {
        return inSegment(segments.floor(range.startOffset), timestampMs);
    }

    /** The first record with the greatest timestamp. */
    CompletableFuture<TimestampOffset> greatest() {
        return greatestOf(segments.floor(range.startOffset), -1);
    }

    private CompletableFuture<TimestampOffset> greatestOf(int index, long greatestMs) {
        if (index >= segments.count()) {
            return greatestMs < 0 ? CompletableFuture.completedFuture(TimestampOffset.NONE) : firstOf(greatestMs);
        }
        IndexedSegment segment = segments.get(index);
        return indexes.load(segment, intervalBytes)
                .thenCompose(loaded -> greatestOf(index + 1, Math.max(greatestMs, segment.maxTimestampMs())));
    }

    /** If records with this timestamp are out of range (deleted, not durable), the greatest one that is in range counts. */
    private CompletableFuture<TimestampOffset> firstOf(long greatestMs) {
        return atOrAfter(greatestMs)
                .thenCompose(found -> found.equals(TimestampOffset.NONE)
                        ? scan(new Scan(Long.MIN_VALUE, true), segments.floor(range.startOffset), 0, LOOK_BYTES)
                        : CompletableFuture.completedFuture(found));
    }

    private CompletableFuture<TimestampOffset> inSegment(int index, long timestampMs) {
        if (index >= segments.count() || segments.get(index).baseOffset() >= range.endOffset) {
            return CompletableFuture.completedFuture(TimestampOffset.NONE);
        }
        IndexedSegment segment = segments.get(index);
        return indexes.load(segment, intervalBytes).thenCompose(loaded -> {
            if (segment.maxTimestampMs() < timestampMs) {
                return inSegment(index + 1, timestampMs);
            }
            long relative = segment.times().relativeOffsetBefore(timestampMs);
            long from = segment.offsets().positionBefore(Math.max(relative, range.startOffset - segment.baseOffset()));
            return scan(new Scan(timestampMs, false), index, from, LOOK_BYTES);
        });
    }

    /** What a scan looks for and has found so far. */
    private static final class Scan {
        private final long timestampMs;
        private final boolean takesGreatest;
        private TimestampOffset best = TimestampOffset.NONE;

        Scan(long timestampMs, boolean takesGreatest) {
            this.timestampMs = timestampMs;
            this.takesGreatest = takesGreatest;
        }

        boolean isDone() {
            return !takesGreatest && !best.equals(TimestampOffset.NONE);
        }
    }

    private CompletableFuture<TimestampOffset> scan(Scan scan, int index, long position, int look) {
        if (index >= segments.count() || segments.get(index).baseOffset() >= range.endOffset) {
            return CompletableFuture.completedFuture(scan.best);
        }
        Segment segment = segments.get(index).segment();
        if (position >= segment.sizeBytes()) {
            return scan(scan, index + 1, 0, LOOK_BYTES);
        }
        return segment.load(position, look).thenCompose(bytes -> {
            int taken = take(scan, bytes);
            if (scan.isDone()) {
                return CompletableFuture.completedFuture(scan.best);
            }
            if (taken == 0) {
                return look >= segment.sizeBytes() - position
                        ? CompletableFuture.failedFuture(new CorruptSegmentException(segment.baseOffset(), position))
                        : scan(scan, index, position, look * 4);
            }
            return scan(scan, index, position + taken, LOOK_BYTES);
        });
    }

    /** Goes over whole batches; how many bytes they took. */
    private int take(Scan scan, ByteBuffer bytes) {
        RecordBatches batches = new RecordBatches(bytes);
        int start = bytes.position();
        int taken = 0;
        while (batches.next() && !scan.isDone()) {
            RecordBatch batch = batches.batch();
            if (batch.baseOffset() >= range.endOffset) {
                return bytes.remaining();
            }
            if (batch.lastOffset() >= range.startOffset
                    && batch.maxTimestamp() >= scan.timestampMs
                    && !batch.isControl()) {
                take(scan, batch);
            }
            taken = batch.position() - start + batch.sizeBytes();
        }
        return taken;
    }

    private void take(Scan scan, RecordBatch batch) {
        try (RecordReader reader = RecordReader.of(batch, RecordReader.UNBOUNDED)) {
            while (reader.hasNext()) {
                BatchRecord record = reader.next();
                boolean inRange = record.offset() >= range.startOffset && record.offset() < range.endOffset;
                if (inRange && record.timestampMs() >= scan.timestampMs) {
                    if (!scan.takesGreatest) {
                        scan.best = found(record);
                        return;
                    }
                    if (record.timestampMs() > scan.best.timestampMs()) {
                        scan.best = found(record);
                    }
                }
            }
        }
    }

    private TimestampOffset found(BatchRecord record) {
        return new TimestampOffset(record.timestampMs(), record.offset(), epochs.at(record.offset()));
    }
}
