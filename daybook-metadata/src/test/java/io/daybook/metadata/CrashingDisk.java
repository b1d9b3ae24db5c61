package io.daybook.metadata;

import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.DiskLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Fails for ever from the n-th change on, as if the process had been killed there; a write that is hit gets a part of
 * its bytes down. What was changed before stays on the disk beneath.
 */
final class CrashingDisk implements Disk {
    private final Disk disk;
    private final Random random;
    private int changesLeft;

    CrashingDisk(Disk disk, int changesLeft, long seed) {
        this.disk = disk;
        this.changesLeft = changesLeft;
        this.random = new Random(seed);
    }

    boolean hasCrashed() {
        return changesLeft < 0;
    }

    private void change() throws IOException {
        changesLeft--;
        if (hasCrashed()) {
            throw new IOException("crashed");
        }
    }

    @Override
    public DiskFile open(Path path, Mode mode) throws IOException {
        if (mode != Mode.READ) {
            change();
        }
        return new CrashingFile(disk.open(path, mode));
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return disk.isDirectory(path);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        change();
        disk.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        change();
        disk.delete(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        change();
        disk.syncDirectory(directory);
    }

    @Override
    public long usableBytes(Path path) throws IOException {
        return disk.usableBytes(path);
    }

    @Override
    public long totalBytes(Path path) throws IOException {
        return disk.totalBytes(path);
    }

    @Override
    public Optional<DiskLock> tryLock(Path path) {
        return Optional.of(() -> {});
    }

    private final class CrashingFile implements DiskFile {
        private final DiskFile file;

        CrashingFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            boolean isLast = changesLeft == 0;
            if (isLast) {
                ByteBuffer part = source.duplicate();
                part.limit(part.position() + random.nextInt(part.remaining() + 1));
                file.write(part, position);
            }
            change();
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
            change();
            file.truncate(sizeBytes);
        }

        @Override
        public void sync() throws IOException {
            change();
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
    }
}
