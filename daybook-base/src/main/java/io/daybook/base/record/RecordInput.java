package io.daybook.base.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The decompressed bytes of a batch's records, read through a window, so that skipping what nobody wants costs no memory
 * whatever the bytes claim. Every read is checked against what is really there and against the bound.
 */
final class RecordInput {
    private static final int WINDOW_BYTES = 16 * 1024;
    private static final int FIRST_COPY_BYTES = 64 * 1024;
    private static final InputStream NO_STREAM = InputStream.nullInputStream();
    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    private InputStream stream = NO_STREAM;
    private ByteBuffer window = NO_BYTES;
    private int position;
    private int limit;
    /** Up to eight bytes from {@link #position} on, the first one at the top: one access to the window gets them all. */
    private long ahead;

    private int aheadBytes;
    private byte[] windowBytes = new byte[0];
    private boolean isStreamed;
    private long readBytes;
    private long consumedAtWindowStart;
    private long maxBytes;

    /** Starts over with the records of a batch; at most {@code maxBytes} are ever decompressed. */
    void open(RecordBatch batch, long maxBytes) {
        close();
        this.maxBytes = maxBytes;
        this.readBytes = 0;
        this.consumedAtWindowStart = 0;
        Compression compression = batch.compression();
        isStreamed = compression != Compression.NONE;
        if (!isStreamed) {
            show(batch.recordsSlice(), 0);
            limit = window.limit();
            return;
        }
        if (windowBytes.length == 0) {
            windowBytes = new byte[WINDOW_BYTES];
        }
        show(ByteBuffer.wrap(windowBytes), 0);
        try {
            stream = compression.decompressor(batch.recordsSlice());
        } catch (IOException | RuntimeException e) {
            throw corrupt(e);
        }
    }

    /** Lets go of the codec. May be called twice. */
    void close() {
        InputStream closed = stream;
        stream = NO_STREAM;
        show(NO_BYTES, 0);
        try {
            closed.close();
        } catch (IOException e) {
            throw corrupt(e);
        }
    }

    private void show(ByteBuffer shown, int shownBytes) {
        window = shown;
        position = 0;
        limit = shownBytes;
        aheadBytes = 0;
    }

    /** How many bytes were taken since the begin. */
    long position() {
        return consumedAtWindowStart + position;
    }

    /** Whether there is nothing more. */
    boolean isAtEnd() {
        return position == limit && !refill();
    }

    /** Whether so many bytes may still follow, as far as can be told without reading them. */
    boolean mayHold(long bytes) {
        return isStreamed ? bytes <= maxBytes - position() : bytes <= limit - position;
    }

    byte readByte() {
        if (aheadBytes == 0) {
            lookAhead();
        }
        byte next = (byte) (ahead >>> (Long.SIZE - Byte.SIZE));
        ahead <<= Byte.SIZE;
        aheadBytes--;
        position++;
        return next;
    }

    private void lookAhead() {
        if (limit - position >= Long.BYTES) {
            ahead = window.getLong(position);
            aheadBytes = Long.BYTES;
            return;
        }
        if (position == limit && !refill()) {
            throw new CorruptRecordException("the records end inside a record, after " + position() + " bytes");
        }
        ahead = (long) window.get(position) << (Long.SIZE - Byte.SIZE);
        aheadBytes = 1;
    }

    /** A zigzag-encoded 32-bit number. */
    int readVarint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new CorruptRecordException("a number of more than 5 bytes at byte " + position());
    }

    /** A zigzag-encoded 64-bit number. */
    long readVarlong() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new CorruptRecordException("a number of more than 10 bytes at byte " + position());
    }

    /** Passes over bytes that nobody wants. */
    void skip(int bytes) {
        int left = bytes;
        while (left > 0) {
            if (position == limit && !refill()) {
                throw cut(left);
            }
            int taken = Math.min(left, limit - position);
            pass(taken);
            left -= taken;
        }
    }

    private void pass(int bytes) {
        position += bytes;
        aheadBytes = 0;
    }

    /** The next bytes: a view of the batch if it is not compressed, else a copy. */
    ByteBuffer read(int bytes) {
        if (!isStreamed) {
            if (bytes > limit - position) {
                throw cut(bytes - (limit - position));
            }
            ByteBuffer view = window.slice(position, bytes);
            pass(bytes);
            return view.asReadOnlyBuffer();
        }
        byte[] copy = new byte[Math.min(bytes, FIRST_COPY_BYTES)];
        int copied = 0;
        while (copied < bytes) {
            if (position == limit && !refill()) {
                throw cut(bytes - copied);
            }
            if (copied == copy.length) {
                copy = Arrays.copyOf(copy, (int) Math.min(bytes, 2L * copy.length));
            }
            int taken = Math.min(copy.length - copied, limit - position);
            window.get(position, copy, copied, taken);
            pass(taken);
            copied += taken;
        }
        return ByteBuffer.wrap(copy);
    }

    private boolean refill() {
        if (!isStreamed) {
            return false;
        }
        consumedAtWindowStart = readBytes;
        int count;
        try {
            count = stream.read(windowBytes, 0, windowBytes.length);
        } catch (IOException | RuntimeException e) {
            throw corrupt(e);
        }
        show(window, Math.max(0, count));
        if (count <= 0) {
            return false;
        }
        readBytes += count;
        if (readBytes > maxBytes) {
            throw new CorruptRecordException("the records are larger than " + maxBytes + " bytes once decompressed");
        }
        return true;
    }

    private CorruptRecordException cut(int missing) {
        return new CorruptRecordException(
                "the records end inside a record: " + missing + " bytes are missing after " + position());
    }

    private static CorruptRecordException corrupt(Exception cause) {
        return new CorruptRecordException("the records cannot be decompressed: " + cause.getMessage(), cause);
    }
}
