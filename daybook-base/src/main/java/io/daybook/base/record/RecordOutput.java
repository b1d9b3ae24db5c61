package io.daybook.base.record;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing array: the records of a batch before they are compressed, or the batch itself. */
final class RecordOutput extends OutputStream {
    private byte[] bytes;
    private int size;

    RecordOutput(int initialBytes) {
        this.bytes = new byte[initialBytes];
    }

    int size() {
        return size;
    }

    /** The array, of which the first {@link #size()} bytes count. */
    byte[] array() {
        return bytes;
    }

    /** Leaves room. */
    void skip(int count) {
        ensure(count);
        size += count;
    }

    @Override
    public void write(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int from, int count) {
        ensure(count);
        System.arraycopy(source, from, bytes, size, count);
        size += count;
    }

    /** Writes what remains, without moving the position. */
    void write(ByteBuffer source) {
        int count = source.remaining();
        ensure(count);
        source.get(source.position(), bytes, size, count);
        size += count;
    }

    void writeVarint(int value) {
        int zigzag = (value << 1) ^ (value >> 31);
        while ((zigzag & ~0x7F) != 0) {
            write((zigzag & 0x7F) | 0x80);
            zigzag >>>= 7;
        }
        write(zigzag);
    }

    void writeVarlong(long value) {
        long zigzag = (value << 1) ^ (value >> 63);
        while ((zigzag & ~0x7FL) != 0) {
            write((int) (zigzag & 0x7F) | 0x80);
            zigzag >>>= 7;
        }
        write((int) zigzag);
    }

    static int sizeOfVarint(int value) {
        int zigzag = (value << 1) ^ (value >> 31);
        return Math.max(1, (38 - Integer.numberOfLeadingZeros(zigzag)) / 7);
    }

    static int sizeOfVarlong(long value) {
        long zigzag = (value << 1) ^ (value >> 63);
        return Math.max(1, (70 - Long.numberOfLeadingZeros(zigzag)) / 7);
    }

    private void ensure(int count) {
        long needed = (long) size + count;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("a batch of " + needed + " bytes is too large");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length)));
        }
    }
}
