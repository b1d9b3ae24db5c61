package io.daybook.log;

import io.daybook.base.record.RecordBatch;
import io.daybook.log.segment.Segment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A segment with its indexes. Those of a closed segment are loaded when they are needed and may be dropped; those of the
 * last one are in memory while it is in use. Owned by the log's shard.
 */
final class IndexedSegment {
    static final long UNKNOWN = -1;

    private Segment segment;
    private @Nullable OffsetIndex offsets;
    private @Nullable TimeIndex times;
    private @Nullable List<AbortedTransaction> aborted;
    private long endOffset;
    private long maxTimestampMs = UNKNOWN;
    private long offsetOfMaxTimestamp = UNKNOWN;
    private long firstTimestampMs = UNKNOWN;
    private final long createdMs;
    private int bytesSinceEntry;
    private boolean indexesStored;

    private IndexedSegment(Segment segment, long endOffset, long createdMs) {
        this.segment = segment;
        this.endOffset = endOffset;
        this.createdMs = createdMs;
    }

    /** A segment that has no records yet. */
    static IndexedSegment empty(Segment segment, long createdMs) {
        IndexedSegment empty = new IndexedSegment(segment, segment.baseOffset(), createdMs);
        empty.startIndexes();
        return empty;
    }

    /** A segment whose indexes are stored. */
    static IndexedSegment stored(Segment segment, long endOffset, long createdMs) {
        IndexedSegment stored = new IndexedSegment(segment, endOffset, createdMs);
        stored.indexesStored = true;
        return stored;
    }

    /** Before the first batch is indexed. */
    void startIndexes() {
        offsets = new OffsetIndex();
        times = new TimeIndex();
        aborted = List.of();
        indexesStored = false;
        maxTimestampMs = UNKNOWN;
        offsetOfMaxTimestamp = UNKNOWN;
        firstTimestampMs = UNKNOWN;
        bytesSinceEntry = 0;
        endOffset = baseOffset();
    }

    Segment segment() {
        return segment;
    }

    long baseOffset() {
        return segment.baseOffset();
    }

    long sizeBytes() {
        return segment.sizeBytes();
    }

    /** Exclusive. */
    long endOffset() {
        return endOffset;
    }

    void endAt(long offset) {
        endOffset = offset;
    }

    /** The greatest timestamp, or {@link #UNKNOWN}: no record has one, or the time index was not loaded yet. */
    long maxTimestampMs() {
        return maxTimestampMs;
    }

    long firstTimestampMs() {
        return firstTimestampMs;
    }

    long createdMs() {
        return createdMs;
    }

    boolean hasIndexes() {
        return offsets != null;
    }

    OffsetIndex offsets() {
        OffsetIndex loaded = offsets;
        if (loaded == null) {
            throw new IllegalStateException("the indexes of segment " + baseOffset() + " are not loaded");
        }
        return loaded;
    }

    TimeIndex times() {
        TimeIndex loaded = times;
        if (loaded == null) {
            throw new IllegalStateException("the indexes of segment " + baseOffset() + " are not loaded");
        }
        return loaded;
    }

    List<AbortedTransaction> aborted() {
        List<AbortedTransaction> loaded = aborted;
        if (loaded == null) {
            throw new IllegalStateException("the indexes of segment " + baseOffset() + " are not loaded");
        }
        return loaded;
    }

    /** Takes indexes that were stored or built anew. */
    void adopt(OffsetIndex loadedOffsets, TimeIndex loadedTimes, List<AbortedTransaction> loadedAborted) {
        offsets = loadedOffsets;
        times = loadedTimes;
        aborted = loadedAborted;
        if (loadedTimes.count() > 0) {
            maxTimestampMs = loadedTimes.lastTimestampMs();
            offsetOfMaxTimestamp = baseOffset() + loadedTimes.lastRelativeOffset();
        }
    }

    /** Takes over everything that was found out about the same segment in another way. */
    void adopt(IndexedSegment other) {
        adopt(other.offsets(), other.times(), other.aborted());
        maxTimestampMs = other.maxTimestampMs;
        offsetOfMaxTimestamp = other.offsetOfMaxTimestamp;
        firstTimestampMs = other.firstTimestampMs;
        bytesSinceEntry = other.bytesSinceEntry;
    }

    void dropIndexes() {
        if (indexesStored) {
            offsets = null;
            times = null;
            aborted = null;
        }
    }

    /** Whether the stored indexes are those in memory. */
    boolean areIndexesStored() {
        return indexesStored;
    }

    void indexesStored() {
        indexesStored = true;
    }

    /** Takes a batch with its final offsets into the indexes; in the order of the positions. */
    void index(RecordBatch batch, long position, int intervalBytes) {
        if (batch.maxTimestamp() > maxTimestampMs) {
            maxTimestampMs = batch.maxTimestamp();
            offsetOfMaxTimestamp = batch.lastOffset();
        }
        if (firstTimestampMs == UNKNOWN && batch.maxTimestamp() >= 0) {
            firstTimestampMs = batch.maxTimestamp();
        }
        if (bytesSinceEntry > intervalBytes) {
            offsets().add((int) (batch.lastOffset() - baseOffset()), (int) position);
            addTimeEntry();
            bytesSinceEntry = 0;
        }
        bytesSinceEntry += batch.sizeBytes();
        endOffset = batch.nextOffset();
        indexesStored = false;
    }

    void addAborted(AbortedTransaction transaction) {
        List<AbortedTransaction> all = new ArrayList<>(aborted());
        all.add(transaction);
        aborted = all;
        indexesStored = false;
    }

    /** Before the indexes are stored: the last entry tells the greatest timestamp of the segment. */
    void addTimeEntry() {
        if (maxTimestampMs >= 0) {
            times().add(maxTimestampMs, (int) (offsetOfMaxTimestamp - baseOffset()));
        }
    }
}
