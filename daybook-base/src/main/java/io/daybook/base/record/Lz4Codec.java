package io.daybook.base.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.xxhash.XXHashFactory;

/** LZ4 frames of independent blocks of 64 KiB without checksums, as Kafka's clients write them. */
final class Lz4Codec {
    private static final int LEVEL_OF_FAST_COMPRESSION = 9;
    private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();
    private static final XXHashFactory XXHASH = XXHashFactory.fastestInstance();

    private Lz4Codec() {}

    static OutputStream compressor(OutputStream target, int level) throws IOException {
        return new LZ4FrameOutputStream(
                target,
                LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB,
                -1,
                compressor(level),
                XXHASH.hash32(),
                LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE);
    }

    static InputStream decompressor(InputStream source) throws IOException {
        return new LZ4FrameInputStream(source, LZ4.safeDecompressor(), XXHASH.hash32(), true);
    }

    private static LZ4Compressor compressor(int level) {
        return level == LEVEL_OF_FAST_COMPRESSION ? LZ4.fastCompressor() : LZ4.highCompressor(level);
    }
}
