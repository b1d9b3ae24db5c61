package io.daybook.broker.group;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that pass through the group coordinator unread: subscriptions and assignments of clients. Immutable. */
public final class OpaqueBytes {
    /** No bytes. */
    public static final OpaqueBytes EMPTY = new OpaqueBytes(new byte[0]);

    private final byte[] bytes;

    private OpaqueBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of what is between the position and the limit; the position does not move. */
    public static OpaqueBytes copyOf(ByteBuffer source) {
        if (!source.hasRemaining()) {
            return EMPTY;
        }
        byte[] bytes = new byte[source.remaining()];
        source.duplicate().get(bytes);
        return new OpaqueBytes(bytes);
    }

    /** A copy. */
    public static OpaqueBytes copyOf(byte[] source) {
        return source.length == 0 ? EMPTY : new OpaqueBytes(source.clone());
    }

    public int sizeBytes() {
        return bytes.length;
    }

    /** A read-only view. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** A copy. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpaqueBytes && Arrays.equals(bytes, ((OpaqueBytes) other).bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
