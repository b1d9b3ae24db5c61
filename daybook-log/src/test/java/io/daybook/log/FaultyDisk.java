package io.daybook.log;

import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.DiskFullException;
import io.daybook.runtime.DiskLock;
import io.daybook.runtime.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk in memory that fails when a test says so. Locks are never in the way, as if their holder had ended. */
final class FaultyDisk implements Disk {
    final MemoryDisk memory = new MemoryDisk();
    final AtomicInteger openFiles = new AtomicInteger();
    boolean syncFails;
    int fileSyncs;
    long freeBytes = Long.MAX_VALUE;
    Path failingRoot = Path.of("/");

    @Override
    public DiskFile open(Path path, Mode mode) throws IOException {
        DiskFile file = memory.open(path, mode);
        openFiles.incrementAndGet();
        return new FaultyFile(path, file);
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
        failIfTold(directory);
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

    private void failIfTold(Path path) throws IOException {
        if (syncFails && path.startsWith(failingRoot)) {
            throw new IOException("Input/output error");
        }
    }

    private final class FaultyFile implements DiskFile {
        private final Path path;
        private final DiskFile file;

        FaultyFile(Path path, DiskFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            long grows = Math.max(0, position + source.remaining() - file.sizeBytes());
            if (grows > freeBytes) {
                ByteBuffer part = source.slice(source.position(), (int) (source.remaining() - grows + freeBytes));
                freeBytes = 0;
                file.write(part, position);
                throw new DiskFullException("No space left on device");
            }
            freeBytes -= grows;
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
            freeBytes += Math.max(0, file.sizeBytes() - sizeBytes);
            file.truncate(sizeBytes);
        }

        @Override
        public void sync() throws IOException {
            failIfTold(path);
            fileSyncs++;
            file.sync();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return file.transferTo(position, count, target);
        }

        @Override
        public void close() throws IOException {
            openFiles.decrementAndGet();
            file.close();
        }
    }
}
