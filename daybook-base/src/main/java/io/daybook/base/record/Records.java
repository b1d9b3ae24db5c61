package io.daybook.base.record;

import java.nio.ByteBuffer;

/**
 * Whole record batches, back to back, as an opaque run of bytes: the value of a {@code records} field. The bytes may lie
 * in memory or in a file; who sends them may know a cheaper way than {@link #buffer()} for one implementation.
 */
public interface Records {
    /** No batches. */
    Records EMPTY = new MemoryRecords(ByteBuffer.allocate(0));

    /** How many bytes {@link #buffer()} holds. */
    int sizeBytes();

    /**
     * The bytes as a read-only buffer of their own position and limit. May read from a file, and so may block; never call
     * it for file-backed records on a thread that must not wait.
     */
    ByteBuffer buffer();
}
