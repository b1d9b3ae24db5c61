package io.daybook.log;

import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.DiskLock;
import io.daybook.runtime.ManualTicker;
import io.daybook.runtime.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A disk with a page cache: a read of what is not in it takes time, and it is written down who waited. */
final class CachedDisk implements Disk {
    private static final int PAGE_BYTES = 16 << 10;
    private static final int COLD_MS = 1;

    private final MemoryDisk memory = new MemoryDisk();
    private final ManualTicker ticker;
    private final Map<Path, BitSet> cachedPages = new HashMap<>();
    /** Whether the thread that runs now must not wait. */
    boolean isOnShard = true;

    int coldReadsOnShard;
    int coldReads;
    long readBytes;

    CachedDisk(ManualTicker ticker) {
        this.ticker = ticker;
    }

    /** Somebody else needed the memory. */
    void dropCache() {
        cachedPages.clear();
    }

    void countAnew() {
        coldReadsOnShard = 0;
        coldReads = 0;
        readBytes = 0;
    }

    @Override
    public DiskFile open(Path path, Mode mode) throws IOException {
        return new CachedFile(path, memory.open(path, mode));
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return memory.list(directory);
    }

    @Override
    public boolean exists(Path path) {
        return memory.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return memory.isDirectory(path);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        memory.createDirectory(directory);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        memory.createDirectories(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        memory.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        memory.delete(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        memory.syncDirectory(directory);
    }

    @Override
    public long usableBytes(Path path) {
        return 1L << 40;
    }

    @Override
    public long totalBytes(Path path) {
        return 1L << 41;
    }

    @Override
    public Optional<DiskLock> tryLock(Path path) {
        return Optional.of(() -> {});
    }

    private final class CachedFile implements DiskFile {
        private final Path path;
        private final DiskFile file;

        CachedFile(Path path, DiskFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            int length = source.remaining();
            file.write(source, position);
            pages().set(page(position), page(position + length - 1) + 1);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int length = file.read(target, position);
            touch(position, length);
            return length;
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            long length = file.transferTo(position, count, target);
            touch(position, length);
            return length;
        }

        private void touch(long position, long length) {
            readBytes += length;
            for (int page = page(position); length > 0 && page <= page(position + length - 1); page++) {
                if (!pages().get(page)) {
                    pages().set(page);
                    ticker.advanceMs(COLD_MS);
                    coldReads++;
                    coldReadsOnShard += isOnShard ? 1 : 0;
                }
            }
        }

        private BitSet pages() {
            return cachedPages.computeIfAbsent(path, each -> new BitSet());
        }

        private static int page(long position) {
            return (int) (position / PAGE_BYTES);
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
        public void close() throws IOException {
            file.close();
        }
    }
}
