package io.daybook.log;

import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.DiskFullException;
import io.daybook.runtime.DiskLock;
import io.daybook.runtime.ForwardingDisk;
import io.daybook.runtime.ForwardingFile;
import io.daybook.runtime.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk in memory that fails when a test says so. Locks are never in the way, as if their holder had ended. */
final class FaultyDisk extends ForwardingDisk {
    private static final int SECTOR_BYTES = 512;

    final MemoryDisk memory;
    final AtomicInteger openFiles = new AtomicInteger();
    boolean syncFails;
    int fileSyncs;
    long freeBytes = Long.MAX_VALUE;
    /** What it says that it has left, whatever is true. */
    long usableBytes = 1L << 40;

    Path failingRoot = Path.of("/");
    /** So many writes of the journal succeed, and the next one finds no space, as where a copy is written first. */
    int journalWritesUntilFull = Integer.MAX_VALUE;
    /** The first sector of each file as each of its syncs left it. */
    final Map<Path, List<ByteBuffer>> syncedHeads = new HashMap<>();

    /** The files that were synced, the directories (ending in a slash), and what was renamed to, in that order. */
    final List<String> durableSteps = new ArrayList<>();

    FaultyDisk() {
        this(new MemoryDisk());
    }

    private FaultyDisk(MemoryDisk memory) {
        super(memory);
        this.memory = memory;
    }

    @Override
    protected DiskFile wrap(Path path, DiskFile file) {
        openFiles.incrementAndGet();
        return new FaultyFile(path, file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        failIfTold(directory);
        super.syncDirectory(directory);
        durableSteps.add(directory.getFileName() + "/");
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        super.rename(from, to);
        durableSteps.add("to " + to.getFileName());
    }

    @Override
    public long usableBytes(Path path) {
        return usableBytes;
    }

    @Override
    public long totalBytes(Path path) {
        return 1L << 41;
    }

    @Override
    public Optional<DiskLock> tryLock(Path path) {
        return Optional.of(() -> {});
    }

    private void failIfTold(Path path) throws IOException {
        if (syncFails && path.startsWith(failingRoot)) {
            throw new IOException("Input/output error");
        }
    }

    private final class FaultyFile extends ForwardingFile {
        private final Path path;

        FaultyFile(Path path, DiskFile file) {
            super(file);
            this.path = path;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            if (path.toString().contains("journal") && journalWritesUntilFull-- == 0) {
                throw new DiskFullException("No space left on device");
            }
            long grows = Math.max(0, position + source.remaining() - sizeBytes());
            if (grows > freeBytes) {
                int fits = (int) (source.remaining() - grows + freeBytes) & -Disk.BLOCK_BYTES;
                ByteBuffer part = source.slice(source.position(), fits);
                freeBytes = 0;
                super.write(part, position);
                throw new DiskFullException("No space left on device");
            }
            freeBytes -= grows;
            super.write(source, position);
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            freeBytes += Math.max(0, sizeBytes() - sizeBytes);
            super.truncate(sizeBytes);
        }

        @Override
        public void sync() throws IOException {
            failIfTold(path);
            fileSyncs++;
            super.sync();
            durableSteps.add(path.getFileName().toString());
            ByteBuffer head = ByteBuffer.allocate(SECTOR_BYTES);
            read(head, 0);
            syncedHeads.computeIfAbsent(path, any -> new ArrayList<>()).add(head.flip());
        }

        @Override
        public void close() throws IOException {
            openFiles.decrementAndGet();
            super.close();
        }
    }
}
