package io.daybook.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A file opened with {@link Disk.Mode#WRITE_BLOCKS}: refuses what is not whole blocks, on every disk alike, so that a mistake
 * does not show on some file systems only.
 */
public final class BlockFile implements DiskFile {
    private final DiskFile file;

    /** Takes over the file, and closes it. */
    public BlockFile(DiskFile file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException if these are not whole blocks */
    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        boolean isWhole = source.isDirect()
                && source.alignmentOffset(source.position(), Disk.BLOCK_BYTES) == 0
                && source.remaining() % Disk.BLOCK_BYTES == 0
                && position % Disk.BLOCK_BYTES == 0;
        if (!isWhole) {
            throw new IllegalArgumentException(file + ": " + source.remaining() + " bytes for position " + position
                    + " are not whole blocks of " + Disk.BLOCK_BYTES + " bytes, or not in memory that begins at one");
        }
        file.write(source, position);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return file.read(target, position);
    }

    @Override
    public long sizeBytes() throws IOException {
        return file.sizeBytes();
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
        file.truncate(sizeBytes);
    }

    @Override
    public void sync() throws IOException {
        file.sync();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return file.transferTo(position, count, target);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
