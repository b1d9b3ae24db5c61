package io.daybook.log;

import java.util.ArrayList;
import java.util.List;

/** The segments of a log by base offset; never empty once the log is open. Owned by the log's shard. */
final class SegmentList {
    private final List<IndexedSegment> segments = new ArrayList<>(1);

    int count() {
        return segments.size();
    }

    IndexedSegment get(int index) {
        return segments.get(index);
    }

    IndexedSegment first() {
        return segments.get(0);
    }

    IndexedSegment last() {
        return segments.get(segments.size() - 1);
    }

    void add(IndexedSegment segment) {
        segments.add(segment);
    }

    /** Takes out and returns the first so many. */
    List<IndexedSegment> removeFirst(int count) {
        List<IndexedSegment> head = segments.subList(0, count);
        List<IndexedSegment> removed = new ArrayList<>(head);
        head.clear();
        return removed;
    }

    /** Puts one in the place of adjoining ones. */
    void replace(int from, int count, IndexedSegment replacement) {
        segments.subList(from, from + count).clear();
        segments.add(from, replacement);
    }

    int indexOf(IndexedSegment segment) {
        return segments.indexOf(segment);
    }

    /** The index of the last segment whose base is at most this offset; 0 if there is none. */
    int floor(long offset) {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments.get(middle).baseOffset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    long sizeBytes() {
        long sizeBytes = 0;
        for (IndexedSegment segment : segments) {
            sizeBytes += segment.sizeBytes();
        }
        return sizeBytes;
    }

    /** A copy. */
    List<IndexedSegment> all() {
        return List.copyOf(segments);
    }
}
