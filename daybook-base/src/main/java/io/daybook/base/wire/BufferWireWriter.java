package io.daybook.base.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes into a byte buffer of a fixed size, from its position on. The buffer is the caller's; it must be big-endian and
 * have room for {@link Message#sizeBytes}, else {@link java.nio.BufferOverflowException}.
 */
public final class BufferWireWriter implements WireWriter {
    private final ByteBuffer buffer;

    public BufferWireWriter(ByteBuffer buffer) {
        if (buffer.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException("the wire is big-endian, the buffer is " + buffer.order());
        }
        this.buffer = buffer;
    }

    /** The message alone in a buffer of its own on the heap, ready to be read. */
    public static ByteBuffer encode(Message message, short version) {
        ByteBuffer buffer = ByteBuffer.allocate(message.sizeBytes(version));
        message.write(new BufferWireWriter(buffer), version);
        return buffer.flip();
    }

    /** The version as an int16, then the message: the form in which coordinators and metadata store their values. */
    public static ByteBuffer encodeVersioned(Message message, short version) {
        ByteBuffer buffer = ByteBuffer.allocate(Short.BYTES + message.sizeBytes(version));
        buffer.putShort(version);
        message.write(new BufferWireWriter(buffer), version);
        return buffer.flip();
    }

    @Override
    public void putInt8(byte value) {
        buffer.put(value);
    }

    @Override
    public void putInt16(short value) {
        buffer.putShort(value);
    }

    @Override
    public void putInt32(int value) {
        buffer.putInt(value);
    }

    @Override
    public void putInt64(long value) {
        buffer.putLong(value);
    }

    @Override
    public void putBytes(ByteBuffer bytes) {
        buffer.put(bytes.duplicate());
    }

    @Override
    public void putUtf8(String value, int utf8Bytes) {
        if (utf8Bytes != value.length()) {
            buffer.put(value.getBytes(StandardCharsets.UTF_8));
            return;
        }
        for (int i = 0; i < utf8Bytes; i++) {
            char c = value.charAt(i);
            buffer.put(c < 0x80 ? (byte) c : (byte) '?');
        }
    }
}
