package io.daybook.runtime;

import java.nio.ByteBuffer;

/** Memory for files that are written in whole blocks: {@link Disk.Mode#WRITE_BLOCKS}. */
public final class BlockBuffers {
    private static final ByteBuffer ZEROS = allocate(128 << 10).asReadOnlyBuffer();

    private BlockBuffers() {}

    /** 128 KiB of zeros to be written, the same memory each time. */
    public static ByteBuffer zeros() {
        return ZEROS.duplicate();
    }

    /** The next multiple of a block. */
    public static long roundUp(long bytes) {
        return (bytes + Disk.BLOCK_BYTES - 1) & -Disk.BLOCK_BYTES;
    }

    /** Direct memory of at least so many bytes, a multiple of a block, that begins at one; zeros. */
    public static ByteBuffer allocate(int bytes) {
        int whole = (int) roundUp(bytes);
        return ByteBuffer.allocateDirect(whole + Disk.BLOCK_BYTES)
                .alignedSlice(Disk.BLOCK_BYTES)
                .limit(whole)
                .slice();
    }
}
