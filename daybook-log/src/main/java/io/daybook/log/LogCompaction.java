package io.daybook.log;

import java.util.concurrent.CompletableFuture;

/** Decides when a log is compacted, one run at a time, and remembers how far it is. Owned by the log's shard. */
final class LogCompaction {
    private final LogContext context;
    private final SegmentList segments;
    private final SegmentIndexes indexes;
    private final ProducerStates producers;
    private long compactedOffset;
    private boolean runs;

    LogCompaction(LogContext context, SegmentList segments, SegmentIndexes indexes, ProducerStates producers) {
        this.context = context;
        this.segments = segments;
        this.indexes = indexes;
        this.producers = producers;
    }

    /** While it runs, no segment may be taken out of the log. */
    boolean runs() {
        return runs;
    }

    /** Compacts what is closed and decided, if it is worthwhile. */
    CompletableFuture<Void> run(LogConfig config, long stableOffset) {
        if (runs || !config.compaction().compact()) {
            return CompletableFuture.completedFuture(null);
        }
        runs = true;
        return loadTimes(config, 0)
                .thenCompose(loaded -> {
                    long limitOffset = limit(config, stableOffset);
                    return isWorthwhile(config, limitOffset)
                            ? new Compaction(context, config, segments, indexes)
                                    .run(producers, compactedOffset, limitOffset)
                            : CompletableFuture.completedFuture(compactedOffset);
                })
                .whenComplete((offset, error) -> runs = false)
                .thenAccept(offset -> compactedOffset = offset);
    }

    /** The lags count by the times of the segments, which are in their time indexes. */
    private CompletableFuture<Void> loadTimes(LogConfig config, int index) {
        if (index >= segments.count()) {
            return CompletableFuture.completedFuture(null);
        }
        return indexes.load(segments.get(index), config.indexIntervalBytes())
                .thenCompose(loaded -> loadTimes(config, index + 1));
    }

    /** Where the first segment begins that is still written, undecided or too young. */
    private long limit(LogConfig config, long stableOffset) {
        long youngestMs = context.ticker().wallMs() - config.compaction().minLagMs();
        for (IndexedSegment segment : segments.all()) {
            boolean young = config.compaction().minLagMs() > 0 && segment.maxTimestampMs() > youngestMs;
            if (segment == segments.last() || segment.endOffset() > stableOffset || young) {
                return segment.baseOffset();
            }
        }
        return segments.last().baseOffset();
    }

    private boolean isWorthwhile(LogConfig config, long limitOffset) {
        long cleanBytes = 0;
        long dirtyBytes = 0;
        boolean late = false;
        long latestMs = context.ticker().wallMs() - config.compaction().maxLagMs();
        for (IndexedSegment segment : segments.all()) {
            if (segment.endOffset() <= compactedOffset) {
                cleanBytes += segment.sizeBytes();
            } else if (segment.endOffset() <= limitOffset) {
                dirtyBytes += segment.sizeBytes();
                late |= segment.maxTimestampMs() >= 0 && segment.maxTimestampMs() < latestMs;
            }
        }
        double ratio = dirtyBytes == 0 ? 0 : (double) dirtyBytes / (cleanBytes + dirtyBytes);
        return dirtyBytes > 0 && (late || ratio >= config.compaction().minDirtyRatio());
    }
}
