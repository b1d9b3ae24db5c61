package io.daybook.log;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sparse: where some batches of a segment begin, by their last offset, in Kafka's format of 8 bytes an entry. A miss means
 * "look forward from here", never "absent".
 */
final class OffsetIndex {
    static final int ENTRY_BYTES = 8;
    private static final int MIN_CAPACITY = 8;
    private static final int[] NONE = {};

    private int[] relativeOffsets = NONE;
    private int[] positions = NONE;
    private int count;

    /** Takes no memory before the first entry: most partitions are small and idle. */
    OffsetIndex() {}

    private OffsetIndex(int capacity) {
        relativeOffsets = new int[capacity];
        positions = new int[capacity];
    }

    /** Reads a file's content; empty if it cannot be the index of a segment of this size. */
    static Optional<OffsetIndex> decode(ByteBuffer bytes, long segmentBytes) {
        if (bytes.remaining() % ENTRY_BYTES != 0) {
            return Optional.empty();
        }
        int count = bytes.remaining() / ENTRY_BYTES;
        OffsetIndex index = new OffsetIndex(count);
        for (int i = 0; i < count; i++) {
            int relativeOffset = bytes.getInt(bytes.position() + i * ENTRY_BYTES);
            int position = bytes.getInt(bytes.position() + i * ENTRY_BYTES + Integer.BYTES);
            boolean ascends = i == 0
                    ? relativeOffset >= 0 && position >= 0
                    : relativeOffset > index.relativeOffsets[i - 1] && position > index.positions[i - 1];
            if (!ascends || position >= segmentBytes) {
                return Optional.empty();
            }
            index.add(relativeOffset, position);
        }
        return Optional.of(index);
    }

    ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocate(count * ENTRY_BYTES);
        for (int i = 0; i < count; i++) {
            bytes.putInt(relativeOffsets[i]).putInt(positions[i]);
        }
        return bytes.flip();
    }

    int count() {
        return count;
    }

    /** Adds an entry for a batch behind all others. */
    void add(int lastRelativeOffset, int position) {
        if (count == positions.length) {
            int capacity = Math.max(MIN_CAPACITY, count + (count >> 1));
            relativeOffsets = Arrays.copyOf(relativeOffsets, capacity);
            positions = Arrays.copyOf(positions, capacity);
        }
        relativeOffsets[count] = lastRelativeOffset;
        positions[count] = position;
        count++;
    }

    /** A position at or before the batch that contains this offset, to look forward from. */
    int positionBefore(long relativeOffset) {
        int found = floor(relativeOffsets, relativeOffset);
        return found < 0 ? 0 : positions[found];
    }

    /** The greatest position known to be a batch's begin that is at most this; 0 if none is known. */
    int batchBeginAtOrBefore(long position) {
        int found = floor(positions, position);
        return found < 0 ? 0 : positions[found];
    }

    /** Where the last entry points; 0 if there is none. */
    int lastPosition() {
        return count == 0 ? 0 : positions[count - 1];
    }

    private int floor(int[] ascending, long limit) {
        if (limit >= Integer.MAX_VALUE) {
            return count - 1;
        }
        int found = Arrays.binarySearch(ascending, 0, count, (int) limit);
        return found >= 0 ? found : -found - 2;
    }
}
