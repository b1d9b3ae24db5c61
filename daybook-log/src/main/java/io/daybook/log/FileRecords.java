package io.daybook.log;

import io.daybook.base.record.Records;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Batches in an open file. The file stays open and on the disk until {@link #release()}, which the receiver calls exactly
 * once, on any thread, even if the segment was deleted meanwhile.
 */
public final class FileRecords implements Records {
    private final DiskFile file;
    private final long position;
    private final int sizeBytes;
    private final Runnable onRelease;

    /** Borrows {@code file} until {@link #release()}, which runs {@code onRelease}. */
    public FileRecords(DiskFile file, long position, int sizeBytes, Runnable onRelease) {
        this.file = file;
        this.position = position;
        this.sizeBytes = sizeBytes;
        this.onRelease = onRelease;
    }

    /** The open file. */
    public DiskFile file() {
        return file;
    }

    /** Where the batches begin in the file. */
    public long position() {
        return position;
    }

    @Override
    public int sizeBytes() {
        return sizeBytes;
    }

    /** A copy of the bytes; blocks if they are not in the page cache. */
    @Override
    public ByteBuffer buffer() {
        ByteBuffer bytes = ByteBuffer.allocate(sizeBytes);
        try {
            file.read(bytes, position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.flip().asReadOnlyBuffer();
    }

    /**
     * Sends bytes to a channel without a copy where the system can.
     *
     * @param sent how many bytes of these records went out before
     * @return how many went out now
     */
    public long transferTo(long sent, WritableByteChannel target) throws IOException {
        return file.transferTo(position + sent, sizeBytes - sent, target);
    }

    /** Lets the file go. */
    public void release() {
        onRelease.run();
    }

    @Override
    public String toString() {
        return "FileRecords(position=" + position + ", sizeBytes=" + sizeBytes + ")";
    }
}
