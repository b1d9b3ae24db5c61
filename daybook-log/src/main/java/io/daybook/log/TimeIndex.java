package io.daybook.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sparse: up to which offset of a segment which greatest timestamp occurs, in Kafka's format of 12 bytes an entry. Both
 * ascend.
 */
final class TimeIndex {
    static final int ENTRY_BYTES = 12;
    private static final int MIN_CAPACITY = 2;
    private static final long[] NO_TIMES = {};
    private static final int[] NO_OFFSETS = {};

    private long[] timestampsMs = NO_TIMES;
    private int[] relativeOffsets = NO_OFFSETS;
    private int count;

    /** Takes no memory before the first entry: most partitions are small and idle. */
    TimeIndex() {}

    private TimeIndex(int capacity) {
        timestampsMs = new long[capacity];
        relativeOffsets = new int[capacity];
    }

    /** Reads a file's content; empty if it cannot be a time index. */
    static Optional<TimeIndex> decode(ByteBuffer bytes) {
        if (bytes.remaining() % ENTRY_BYTES != 0) {
            return Optional.empty();
        }
        int count = bytes.remaining() / ENTRY_BYTES;
        TimeIndex index = new TimeIndex(count);
        for (int i = 0; i < count; i++) {
            int at = bytes.position() + i * ENTRY_BYTES;
            long timestampMs = bytes.getLong(at);
            int relativeOffset = bytes.getInt(at + Long.BYTES);
            if (i > 0 && (timestampMs < index.timestampsMs[i - 1] || relativeOffset < index.relativeOffsets[i - 1])) {
                return Optional.empty();
            }
            index.put(timestampMs, relativeOffset);
        }
        return Optional.of(index);
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(count * ENTRY_BYTES);
        for (int i = 0; i < count; i++) {
            bytes.putLong(timestampsMs[i]).putInt(relativeOffsets[i]);
        }
        return bytes.flip();
    }

    int count() {
        return count;
    }

    /** Adds an entry; without effect if its timestamp is not above the last one's. */
    void add(long timestampMs, int relativeOffset) {
        if (count == 0 || timestampMs > timestampsMs[count - 1]) {
            put(timestampMs, relativeOffset);
        }
    }

    long lastTimestampMs() {
        return count == 0 ? -1 : timestampsMs[count - 1];
    }

    int lastRelativeOffset() {
        return count == 0 ? -1 : relativeOffsets[count - 1];
    }

    /** An offset at or below that of the first record with this timestamp or a greater one. */
    int relativeOffsetBefore(long timestampMs) {
        int found = Arrays.binarySearch(timestampsMs, 0, count, timestampMs);
        int below = found >= 0 ? found - 1 : -found - 2;
        return below < 0 ? 0 : relativeOffsets[below];
    }

    private void put(long timestampMs, int relativeOffset) {
        if (count == timestampsMs.length) {
            int capacity = Math.max(MIN_CAPACITY, count + (count >> 1));
            timestampsMs = Arrays.copyOf(timestampsMs, capacity);
            relativeOffsets = Arrays.copyOf(relativeOffsets, capacity);
        }
        timestampsMs[count] = timestampMs;
        relativeOffsets[count] = relativeOffset;
        count++;
    }
}
