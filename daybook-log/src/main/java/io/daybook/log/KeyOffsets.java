package io.daybook.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last offset of each key, by a 128-bit hash of the key. Bounded: once full it takes no more keys, and the compaction
 * goes no further.
 */
final class KeyOffsets {
    private static final int LONGS_PER_ENTRY = 3;
    private static final long FIRST_SEED = 0x9E3779B97F4A7C15L;
    private static final long SECOND_SEED = 0xC2B2AE3D27D4EB4FL;

    private final int maxKeys;
    private long[] entries = new long[LONGS_PER_ENTRY * 64];
    private int capacity = 64;
    private int count;
    private long first;
    private long second;

    KeyOffsets(int maxKeys) {
        this.maxKeys = maxKeys;
    }

    int count() {
        return count;
    }

    /** Remembers the offset unless a later one is known; false if there is no room for one more key. */
    boolean put(ByteBuffer key, long offset) {
        if (count >= maxKeys) {
            return false;
        }
        if (count * 2 >= capacity) {
            grow();
        }
        hash(key);
        int slot = slot(first, second);
        if (entries[slot + 2] == 0) {
            count++;
            entries[slot] = first;
            entries[slot + 1] = second;
            entries[slot + 2] = offset + 1;
        } else {
            entries[slot + 2] = Math.max(entries[slot + 2], offset + 1);
        }
        return true;
    }

    /** The last offset of a key, -1 if it is not known. */
    long get(ByteBuffer key) {
        hash(key);
        return entries[slot(first, second) + 2] - 1;
    }

    private int slot(long one, long other) {
        int index = (int) (one & (capacity - 1));
        while (true) {
            int slot = index * LONGS_PER_ENTRY;
            if (entries[slot + 2] == 0 || (entries[slot] == one && entries[slot + 1] == other)) {
                return slot;
            }
            index = (index + 1) & (capacity - 1);
        }
    }

    private void grow() {
        long[] old = entries;
        capacity *= 2;
        entries = new long[capacity * LONGS_PER_ENTRY];
        for (int i = 0; i < old.length; i += LONGS_PER_ENTRY) {
            if (old[i + 2] != 0) {
                System.arraycopy(old, i, entries, slot(old[i], old[i + 1]), LONGS_PER_ENTRY);
            }
        }
        Arrays.fill(old, 0);
    }

    private void hash(ByteBuffer key) {
        long one = FIRST_SEED ^ key.remaining();
        long other = SECOND_SEED + key.remaining();
        int at = key.position();
        int limit = key.limit();
        for (; limit - at >= Long.BYTES; at += Long.BYTES) {
            long word = key.getLong(at);
            one = mix(one ^ word);
            other = mix(other + Long.rotateLeft(word, 23) * FIRST_SEED);
        }
        long tail = 0;
        for (; at < limit; at++) {
            tail = tail << Byte.SIZE | (key.get(at) & 0xFF);
        }
        first = mix(one ^ tail * SECOND_SEED);
        second = mix(other + tail + first);
    }

    /** The finisher of SplitMix64: every bit of the input changes half of the output. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
