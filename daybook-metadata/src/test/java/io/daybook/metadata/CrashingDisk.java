package io.daybook.metadata;

import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.DiskLock;
import io.daybook.runtime.ForwardingDisk;
import io.daybook.runtime.ForwardingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/**
 * Fails for ever from the n-th change on, as if the process had been killed there; a write that is hit gets a part of
 * its bytes down. What was changed before stays on the disk beneath.
 */
final class CrashingDisk extends ForwardingDisk {
    private final Random random;
    private int changesLeft;

    CrashingDisk(Disk disk, int changesLeft, long seed) {
        super(disk);
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
        return super.open(path, mode);
    }

    @Override
    protected DiskFile wrap(Path path, DiskFile file) {
        return new CrashingFile(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        change();
        super.rename(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        change();
        super.delete(path);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        change();
        super.syncDirectory(directory);
    }

    @Override
    public Optional<DiskLock> tryLock(Path path) {
        return Optional.of(() -> {});
    }

    private final class CrashingFile extends ForwardingFile {
        CrashingFile(DiskFile file) {
            super(file);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            boolean isLast = changesLeft == 0;
            if (isLast) {
                ByteBuffer part = source.duplicate();
                part.limit(part.position() + random.nextInt(part.remaining() + 1));
                super.write(part, position);
            }
            change();
            super.write(source, position);
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            change();
            super.truncate(sizeBytes);
        }

        @Override
        public void sync() throws IOException {
            change();
            super.sync();
        }
    }
}
