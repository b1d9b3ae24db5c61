package io.daybook.log;

import io.daybook.runtime.DiskFile;
import io.daybook.runtime.DiskLock;
import io.daybook.runtime.ForwardingDisk;
import io.daybook.runtime.ForwardingFile;
import io.daybook.runtime.ManualTicker;
import io.daybook.runtime.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A disk with a page cache: a read of what is not in it takes time, and it is written down who waited. */
final class CachedDisk extends ForwardingDisk {
    private static final int PAGE_BYTES = 16 << 10;
    private static final int COLD_MS = 1;

    private final ManualTicker ticker;
    private final Map<Path, BitSet> cachedPages = new HashMap<>();
    /** Whether the thread that runs now must not wait. */
    boolean isOnShard = true;

    /** Every so many reads others keep the thread from running for a while; 0 is never. */
    int readsPerPause;

    int coldReadsOnShard;
    int coldReads;
    long readBytes;
    private int reads;
    long readBytesOnShard;

    CachedDisk(ManualTicker ticker) {
        super(new MemoryDisk());
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
        readBytesOnShard = 0;
    }

    @Override
    public DiskFile open(Path path, Mode mode) throws IOException {
        return new CachedFile(path, super.open(path, mode));
    }

    @Override
    public Optional<DiskLock> tryLock(Path path) {
        return Optional.of(() -> {});
    }

    private final class CachedFile extends ForwardingFile {
        private final Path path;

        CachedFile(Path path, DiskFile file) {
            super(file);
            this.path = path;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            int length = source.remaining();
            super.write(source, position);
            pages().set(page(position), page(position + length - 1) + 1);
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int length = super.read(target, position);
            touch(position, length);
            return length;
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            long length = super.transferTo(position, count, target);
            touch(position, length);
            return length;
        }

        private void touch(long position, long length) {
            readBytes += length;
            reads++;
            if (readsPerPause > 0 && reads % readsPerPause == 0) {
                ticker.advanceMs(COLD_MS);
            }
            readBytesOnShard += isOnShard ? length : 0;
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
    }
}
