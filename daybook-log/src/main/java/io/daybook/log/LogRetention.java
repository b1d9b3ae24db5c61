package io.daybook.log;

import io.daybook.log.segment.Segment;
import io.daybook.runtime.Completions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Deletes the oldest segments of a log by time, by size and by its start offset. Owned by the log's shard. */
final class LogRetention {
    private final PartitionLog log;
    private final SegmentList segments;
    private final SegmentIndexes indexes;
    private final LogContext context;
    private @Nullable CompletableFuture<Void> loading;

    LogRetention(PartitionLog log, SegmentList segments, SegmentIndexes indexes, LogContext context) {
        this.log = log;
        this.segments = segments;
        this.indexes = indexes;
        this.context = context;
    }

    /** Completes when nothing more is due and what was due is deleted. */
    CompletableFuture<Void> apply() {
        CompletableFuture<Void> loaded = CompletableFuture.completedFuture(null);
        long nowMs = context.ticker().wallMs();
        int count = 0;
        long keptBytes = segments.sizeBytes();
        while (count < segments.count()) {
            IndexedSegment segment = segments.get(count);
            if (segment.sizeBytes() == 0 || segment.endOffset() > log.durableOffset()) {
                break;
            }
            if (needsTimes(segment)) {
                loaded = loadTimes(segment);
                break;
            }
            if (!isDue(segment, count, nowMs, keptBytes)) {
                break;
            }
            keptBytes -= segment.sizeBytes();
            count++;
        }
        return count > 0 ? CompletableFuture.allOf(delete(count), loaded) : loaded;
    }

    RetentionOutlook outlook() {
        IndexedSegment first = segments.first();
        if (first.sizeBytes() == 0) {
            return RetentionOutlook.NOTHING;
        }
        boolean isTimeKnown = first.maxTimestampMs() >= 0 || first.hasIndexes();
        return new RetentionOutlook(
                isTimeKnown ? timeOf(first) : RetentionOutlook.NO_TIME,
                segments.sizeBytes() - first.sizeBytes(),
                first.endOffset() <= log.startOffset() && segments.count() > 1);
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

    private CompletableFuture<Void> loadTimes(IndexedSegment segment) {
        CompletableFuture<Void> running = loading;
        if (running != null) {
            return running;
        }
        CompletableFuture<Void> applied = new CompletableFuture<>();
        loading = applied;
        CompletableFuture<Void> loaded = indexes.load(segment, log.config().indexIntervalBytes())
                .thenCompose(done -> {
                    loading = null;
                    // while it has its indexes, it is known whether its records have times
                    CompletableFuture<Void> again = log.applyRetention();
                    segment.dropIndexes();
                    return again;
                })
                .whenComplete((done, error) -> loading = loading == applied ? null : loading);
        Completions.pass(loaded, applied);
        return applied;
    }

    private CompletableFuture<Void> delete(int count) {
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
        return context.chain().setStartOffset(log.startOffset()).thenCompose(done -> context.chain()
                .remove(chain));
    }
}
