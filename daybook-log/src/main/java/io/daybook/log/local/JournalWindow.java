package io.daybook.log.local;

import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of the journal as it is read from its begin to its end: many small pieces, few reads. */
final class JournalWindow {
    /** A whole entry fits. */
    private static final int WINDOW_BYTES = 128 << 10;

    private final ByteBuffer bytes;
    private final DiskFile file;
    private long begin;

    /** Takes a buffer that nobody else uses meanwhile. */
    JournalWindow(DiskFile file, ByteBuffer buffer) {
        this.file = file;
        this.bytes = buffer.clear().limit(0);
    }

    /** What a window needs, to be used again and again. */
    static ByteBuffer newBuffer() {
        return ByteBuffer.allocate(WINDOW_BYTES);
    }

    /** These bytes, or as many of them as there are before the end of the file; valid until the next call. */
    ByteBuffer read(long position, int length) throws IOException {
        if (position < begin || position + length > begin + bytes.limit()) {
            begin = position;
            file.read(bytes.clear(), position);
            bytes.flip();
        }
        int from = (int) (position - begin);
        return bytes.slice(from, Math.min(length, bytes.limit() - from));
    }
}
