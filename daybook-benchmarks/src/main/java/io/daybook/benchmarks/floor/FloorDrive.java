package io.daybook.benchmarks.floor;

import io.daybook.benchmarks.floor.FloorLog.End;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A file over zeros that were written before, and the thread that writes and syncs what was appended: one {@code
 * fdatasync} for all that came while the one before was running. Told by one thread, which asks it as well.
 */
final class FloorDrive implements AutoCloseable {
    private static final int PIECE_BYTES = 1 << 20;

    private final FileChannel file;
    private final ByteBuffer memory;
    private final Runnable whenSynced;
    private final Thread thread = new Thread(this::run, "floor-drive");
    private volatile End target = new End(0, 0);
    private volatile End synced = target;
    private volatile @Nullable IOException failure;
    private volatile boolean isClosed;

    private FloorDrive(FileChannel file, ByteBuffer memory, Runnable whenSynced) {
        this.file = file;
        this.memory = memory;
        this.whenSynced = whenSynced;
    }

    /** Makes the file as large as the memory; {@code whenSynced} is called on a thread of its own. */
    static FloorDrive open(Path path, ByteBuffer memory, Runnable whenSynced) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_BYTES);
        for (long position = 0; position < memory.capacity(); position += zeros.capacity()) {
            writeFully(file, zeros.clear(), position);
        }
        file.force(true);
        FloorDrive drive = new FloorDrive(file, memory, whenSynced);
        drive.thread.start();
        return drive;
    }

    /** Everything up to here shall be synced; returns at once. */
    void sync(End end) {
        if (end.position() > target.position()) {
            target = end;
            LockSupport.unpark(thread);
        }
    }

    /** Up to here it is. */
    End synced() {
        IOException failed = failure;
        if (failed != null) {
            throw new UncheckedIOException("the drive failed", failed);
        }
        return synced;
    }

    private void run() {
        try {
            while (!isClosed) {
                End next = target;
                int begin = synced.position();
                if (next.position() == begin) {
                    LockSupport.park(this);
                    continue;
                }
                writeFully(file, memory.duplicate().limit(next.position()).position(begin), begin);
                file.force(false);
                synced = next;
                whenSynced.run();
            }
            file.close();
        } catch (IOException e) {
            failure = e;
            whenSynced.run();
        }
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }
}
