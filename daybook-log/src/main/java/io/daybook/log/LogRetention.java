package io.daybook.log;

import io.daybook.log.segment.Segment;
import java.util.ArrayList;
import java.util.List;

/** Deletes the oldest segments of a log by time, by size and by its start offset. Owned by the log's shard. */
final class LogRetention {
    private final PartitionLog log;
    private final SegmentList segments;
    private final SegmentIndexes indexes;
    private final LogContext context;
    private boolean loads;

    LogRetention(PartitionLog log, SegmentList segments, SegmentIndexes indexes, LogContext context) {
        this.log = log;
        this.segments = segments;
        this.indexes = indexes;
        this.context = context;
    }

    void apply() {
        long nowMs = context.ticker().wallMs();
        int count = 0;
        long keptBytes = segments.sizeBytes();
        while (count < segments.count()) {
            IndexedSegment segment = segments.get(count);
            if (segment.sizeBytes() == 0 || segment.endOffset() > log.durableOffset()) {
                break;
            }
            if (needsTimes(segment)) {
                loadTimes(segment);
                break;
            }
            if (!isDue(segment, count, nowMs, keptBytes)) {
                break;
            }
            keptBytes -= segment.sizeBytes();
            count++;
        }
        if (count > 0) {
            delete(count);
        }
    }

    private boolean isDue(IndexedSegment segment, int index, long nowMs, long keptBytes) {
        if (segment.endOffset() <= log.startOffset() && index + 1 < segments.count()) {
            return true;
        }
        LogConfig.Retention settings = log.config().retention();
        if (!settings.delete()) {
            return false;
        }
        boolean old = settings.retentionMs() >= 0 && nowMs - timeOf(segment) > settings.retentionMs();
        boolean over = settings.retentionBytes() >= 0 && keptBytes - segment.sizeBytes() >= settings.retentionBytes();
        return old || over;
    }

    /** The time of the youngest record; of a segment whose records have none, when it was made or opened. */
    private static long timeOf(IndexedSegment segment) {
        return segment.maxTimestampMs() >= 0 ? segment.maxTimestampMs() : segment.createdMs();
    }

    private boolean needsTimes(IndexedSegment segment) {
        LogConfig.Retention settings = log.config().retention();
        return settings.delete()
                && settings.retentionMs() >= 0
                && segment.maxTimestampMs() < 0
                && !segment.hasIndexes();
    }

    private void loadTimes(IndexedSegment segment) {
        if (!loads) {
            loads = true;
            indexes.load(segment, log.config().indexIntervalBytes()).whenComplete((done, error) -> {
                loads = false;
                if (error == null) {
                    segment.dropIndexes();
                    log.applyRetention();
                }
            });
        }
    }

    private void delete(int count) {
        if (count == segments.count()) {
            log.roll();
        }
        List<IndexedSegment> removed = segments.removeFirst(count);
        List<Segment> chain = new ArrayList<>(removed.size());
        for (IndexedSegment each : removed) {
            chain.add(each.segment());
        }
        log.startAt(segments.first().baseOffset());
        // first the offset, then the files: a crash may bring back any of the files, which are then known to be dead
        context.chain().setStartOffset(log.startOffset()).thenCompose(done -> context.chain()
                .remove(chain));
    }
}
