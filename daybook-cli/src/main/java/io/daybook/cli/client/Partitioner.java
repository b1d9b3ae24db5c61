package io.daybook.cli.client;

import java.nio.ByteBuffer;

/**
 * Chooses partitions as Kafka's default partitioner does: records of one key by the murmur2 hash of the key, records
 * without a key in runs, so that batches fill. For one thread.
 */
public final class Partitioner {
    private static final int SEED = 0x9747b28c;
    private static final int MULTIPLIER = 0x5bd1e995;
    private static final int RUN_BYTES = 64 * 1024;

    private final int partitions;
    private int current;
    private int runBytes;

    /**
     * For a topic with so many partitions.
     *
     * @param first where records without a key begin
     */
    public Partitioner(int partitions, int first) {
        this.partitions = partitions;
        this.current = first;
    }

    /** The partition of a key. */
    public int forKey(ByteBuffer key) {
        return (murmur2(key) & Integer.MAX_VALUE) % partitions;
    }

    /** The partition of a record without a key. */
    public int forRecord(int sizeBytes) {
        runBytes += sizeBytes;
        if (runBytes > RUN_BYTES) {
            runBytes = sizeBytes;
            current = (current + 1) % partitions;
        }
        return current;
    }

    static int murmur2(ByteBuffer key) {
        int length = key.remaining();
        int position = key.position();
        int hash = SEED ^ length;
        int left = length;
        for (; left >= Integer.BYTES; left -= Integer.BYTES) {
            int word = Integer.reverseBytes(key.getInt(position)) * MULTIPLIER;
            word = (word ^ (word >>> 24)) * MULTIPLIER;
            hash = (hash * MULTIPLIER) ^ word;
            position += Integer.BYTES;
        }
        for (int index = left - 1; index >= 0; index--) {
            hash ^= (key.get(position + index) & 0xff) << (8 * index);
        }
        if (left > 0) {
            hash *= MULTIPLIER;
        }
        hash = (hash ^ (hash >>> 13)) * MULTIPLIER;
        return hash ^ (hash >>> 15);
    }
}
