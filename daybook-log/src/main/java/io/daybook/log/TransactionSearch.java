package io.daybook.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds aborted transactions in the indexes of the segments. */
final class TransactionSearch {
    private TransactionSearch() {}

    /** Those with records from {@code fromOffset} to {@code toOffset} (exclusive), in the order of their markers. */
    static CompletableFuture<List<AbortedTransaction>> aborted(
            SegmentList segments, SegmentIndexes indexes, long fromOffset, long toOffset) {
        return collect(
                new Search(segments, indexes, fromOffset, toOffset), segments.floor(fromOffset), new ArrayList<>());
    }

    private record Search(SegmentList segments, SegmentIndexes indexes, long fromOffset, long toOffset) {}

    /** A marker may lie in a later segment than the records; it lies before the last stable offset of its entry. */
    private static CompletableFuture<List<AbortedTransaction>> collect(
            Search search, int index, List<AbortedTransaction> collected) {
        if (index >= search.segments.count()) {
            return CompletableFuture.completedFuture(List.copyOf(collected));
        }
        IndexedSegment segment = search.segments.get(index);
        return search.indexes.load(segment, 0).thenCompose(loaded -> {
            for (AbortedTransaction each : segment.aborted()) {
                if (each.lastOffset() >= search.fromOffset && each.firstOffset() < search.toOffset) {
                    collected.add(each);
                }
                if (each.lastStableOffset() >= search.toOffset) {
                    return CompletableFuture.completedFuture(List.copyOf(collected));
                }
            }
            return collect(search, index + 1, collected);
        });
    }
}
