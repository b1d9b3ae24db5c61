package io.daybook.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The content of a file in memory, in chunks, so that growing copies little. Lives on while it is open, though deleted. */
final class MemoryFile {
    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int FIRST_BYTES = 512;

    private final String name;
    private final List<byte[]> chunks = new ArrayList<>();
    private long sizeBytes;

    MemoryFile(String name) {
        this.name = name;
    }

    DiskFile opened(boolean isWritable) {
        return new Opened(this, isWritable);
    }

    private synchronized void write(ByteBuffer source, long position) {
        long next = position;
        while (source.hasRemaining()) {
            int chunk = Math.toIntExact(next / CHUNK_BYTES);
            int from = (int) (next % CHUNK_BYTES);
            int count = Math.min(source.remaining(), CHUNK_BYTES - from);
            source.get(chunkOf(chunk, from + count), from, count);
            next += count;
        }
        sizeBytes = Math.max(sizeBytes, next);
    }

    private synchronized int read(ByteBuffer target, long position) {
        int total = 0;
        while (target.hasRemaining() && position + total < sizeBytes) {
            ByteBuffer part = view(position + total, target.remaining());
            total += part.remaining();
            target.put(part);
        }
        return total;
    }

    private synchronized long size() {
        return sizeBytes;
    }

    private synchronized void truncate(long newSizeBytes) {
        if (newSizeBytes >= sizeBytes) {
            return;
        }
        int kept = Math.toIntExact((newSizeBytes + CHUNK_BYTES - 1) / CHUNK_BYTES);
        while (chunks.size() > kept) {
            chunks.remove(chunks.size() - 1);
        }
        int lastBytes = (int) (newSizeBytes % CHUNK_BYTES);
        if (lastBytes > 0 && chunks.size() == kept) {
            byte[] last = chunks.get(kept - 1);
            if (lastBytes < last.length) {
                Arrays.fill(last, lastBytes, last.length, (byte) 0);
            }
        }
        sizeBytes = newSizeBytes;
    }

    /** What lies at the position, up to the end of its chunk. Not a copy. */
    private synchronized ByteBuffer view(long position, long count) {
        if (position >= sizeBytes) {
            return ByteBuffer.allocate(0);
        }
        int chunk = Math.toIntExact(position / CHUNK_BYTES);
        int from = (int) (position % CHUNK_BYTES);
        int viewed = (int) Math.min(Math.min(count, CHUNK_BYTES - from), sizeBytes - position);
        return ByteBuffer.wrap(chunkOf(chunk, from + viewed), from, viewed);
    }

    private byte[] chunkOf(int index, int neededBytes) {
        while (chunks.size() <= index) {
            chunks.add(new byte[0]);
        }
        byte[] chunk = chunks.get(index);
        if (chunk.length < neededBytes) {
            int grown = Math.max(FIRST_BYTES, Math.max(neededBytes, 2 * chunk.length));
            chunk = Arrays.copyOf(chunk, Math.min(CHUNK_BYTES, grown));
            chunks.set(index, chunk);
        }
        return chunk;
    }

    /** One opening of the file. */
    private static final class Opened implements DiskFile {
        private final MemoryFile file;
        private final boolean isWritable;
        private volatile boolean isClosed;

        Opened(MemoryFile file, boolean isWritable) {
            this.file = file;
            this.isWritable = isWritable;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            checkWritable();
            file.write(source, position);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            checkOpen();
            return file.read(target, position);
        }

        @Override
        public long sizeBytes() throws IOException {
            checkOpen();
            return file.size();
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            checkWritable();
            file.truncate(sizeBytes);
        }

        @Override
        public void sync() throws IOException {
            checkOpen();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            checkOpen();
            long sent = 0;
            while (sent < count) {
                ByteBuffer part = file.view(position + sent, count - sent);
                int offered = part.remaining();
                int taken = offered == 0 ? 0 : target.write(part);
                sent += taken;
                if (taken < offered || offered == 0) {
                    break;
                }
            }
            return sent;
        }

        @Override
        public void close() {
            isClosed = true;
        }

        @Override
        public String toString() {
            return file.name;
        }

        private void checkOpen() throws IOException {
            if (isClosed) {
                throw new ClosedChannelException();
            }
        }

        private void checkWritable() throws IOException {
            checkOpen();
            if (!isWritable) {
                throw new NonWritableChannelException();
            }
        }
    }
}
