package io.daybook.base.record;

import java.nio.ByteBuffer;

/** Records that lie in memory. Borrows the bytes it was given: it is valid as long as they are. */
public final class MemoryRecords implements Records {
    private final ByteBuffer bytes;

    /** Wraps what is between the position and the limit of {@code bytes}; no copy. */
    public MemoryRecords(ByteBuffer bytes) {
        this.bytes = bytes.slice();
    }

    @Override
    public int sizeBytes() {
        return bytes.limit();
    }

    @Override
    public ByteBuffer buffer() {
        return bytes.asReadOnlyBuffer();
    }

    /** The bytes themselves, for their owner to change: a buffer of its own position and limit. */
    public ByteBuffer writableBuffer() {
        return bytes.duplicate();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryRecords && bytes.equals(((MemoryRecords) other).bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "MemoryRecords(sizeBytes=" + sizeBytes() + ")";
    }
}
