package io.daybook.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file opened with {@link Disk.Mode#WRITE_BLOCKS}: refuses what is not whole blocks, on every disk alike, so that a mistake
 * does not show on some file systems only.
 */
public final class BlockFile extends ForwardingFile {
    private final DiskFile file;

    /** Takes over the file, and closes it. */
    public BlockFile(DiskFile file) {
        super(file);
        this.file = file;
    }

    /** @throws IllegalArgumentException if these are not whole blocks */
    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        checkWhole(source, position);
        super.write(source, position);
    }

    /** @throws IllegalArgumentException if these are not whole blocks */
    @Override
    public void writeSynced(ByteBuffer source, long position) throws IOException {
        checkWhole(source, position);
        file.writeSynced(source, position);
    }

    private void checkWhole(ByteBuffer source, long position) {
        boolean isWhole = source.isDirect()
                && source.alignmentOffset(source.position(), Disk.BLOCK_BYTES) == 0
                && source.remaining() % Disk.BLOCK_BYTES == 0
                && position % Disk.BLOCK_BYTES == 0;
        if (!isWhole) {
            throw new IllegalArgumentException(this + ": " + source.remaining() + " bytes for position " + position
                    + " are not whole blocks of " + Disk.BLOCK_BYTES + " bytes, or not in memory that begins at one");
        }
    }
}
