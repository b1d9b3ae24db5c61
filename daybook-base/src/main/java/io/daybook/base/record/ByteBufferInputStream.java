package io.daybook.base.record;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** What remains of a buffer as a stream. */
final class ByteBufferInputStream extends InputStream {
    private final ByteBuffer buffer;

    ByteBufferInputStream(ByteBuffer buffer) {
        this.buffer = buffer.duplicate();
    }

    @Override
    public int read() {
        return buffer.hasRemaining() ? buffer.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int from, int count) {
        if (count == 0) {
            return 0;
        }
        int taken = Math.min(count, buffer.remaining());
        if (taken == 0) {
            return -1;
        }
        buffer.get(target, from, taken);
        return taken;
    }

    @Override
    public long skip(long count) {
        int skipped = (int) Math.max(0, Math.min(count, buffer.remaining()));
        buffer.position(buffer.position() + skipped);
        return skipped;
    }

    /** Whether the next bytes are these; takes none. */
    boolean startsWith(byte[] bytes) {
        return buffer.remaining() >= bytes.length
                && buffer.slice(buffer.position(), bytes.length).equals(ByteBuffer.wrap(bytes));
    }

    @Override
    public int available() {
        return buffer.remaining();
    }
}
