package io.daybook.base.record;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyOutputStream;

/** Snappy blocks in the frame of xerial's stream; a bare block without a frame is read too, as some clients send it. */
final class SnappyCodec {
    /** The best that the format can do is a copy of 64 bytes from an element of 3. */
    private static final int MAX_RATIO = 32;

    private static final byte[] FRAME_MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    private static final int FRAME_HEADER_BYTES = FRAME_MAGIC.length + 2 * Integer.BYTES;
    private static final int BLOCK_BYTES = 32 * 1024;

    private SnappyCodec() {}

    static OutputStream compressor(OutputStream target) {
        return new SnappyOutputStream(target, BLOCK_BYTES);
    }

    static InputStream decompressor(ByteBufferInputStream source) throws IOException {
        return new Blocks(source);
    }

    /** Decompresses block by block; a block's memory is bounded by the bytes that are really there. */
    private static final class Blocks extends InputStream {
        private final DataInputStream source;
        private final boolean isFramed;
        private byte[] block = new byte[0];
        private int blockPosition;
        private int blockEnd;

        Blocks(ByteBufferInputStream source) throws IOException {
            this.source = new DataInputStream(source);
            this.isFramed = source.startsWith(FRAME_MAGIC);
            if (isFramed) {
                if (source.available() < FRAME_HEADER_BYTES) {
                    throw new EOFException("the snappy frame's header is cut");
                }
                this.source.skipBytes(FRAME_HEADER_BYTES);
            }
        }

        @Override
        public int read() throws IOException {
            return fill() ? block[blockPosition++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int from, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int taken = Math.min(count, blockEnd - blockPosition);
            System.arraycopy(block, blockPosition, target, from, taken);
            blockPosition += taken;
            return taken;
        }

        private boolean fill() throws IOException {
            while (blockPosition == blockEnd) {
                int left = source.available();
                if (left == 0) {
                    return false;
                }
                readBlock(isFramed ? blockBytes(left) : left);
            }
            return true;
        }

        private int blockBytes(int left) throws IOException {
            if (left < Integer.BYTES) {
                throw new EOFException("the length of a snappy block is cut");
            }
            int bytes = source.readInt();
            if (bytes < 0 || bytes > left - Integer.BYTES) {
                throw new EOFException("a snappy block of " + bytes + " bytes, " + (left - 4) + " are left");
            }
            return bytes;
        }

        private void readBlock(int compressedBytes) throws IOException {
            byte[] compressed = new byte[compressedBytes];
            source.readFully(compressed);
            int bytes = compressedBytes == 0 ? 0 : Snappy.uncompressedLength(compressed);
            if (bytes < 0 || bytes > (long) MAX_RATIO * compressedBytes) {
                throw new IOException("a snappy block of " + compressedBytes + " bytes claims to hold " + bytes);
            }
            if (block.length < bytes) {
                block = new byte[bytes];
            }
            blockPosition = 0;
            blockEnd = bytes == 0 ? 0 : Snappy.uncompress(compressed, 0, compressedBytes, block, 0);
        }
    }
}
