package io.daybook.sim.disk;

import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** One opening of a simulated file. */
final class SimFile implements DiskFile {
    private final SimDisk disk;
    private final Path path;
    private final SimInode inode;
    private final int generation;
    private final boolean isWritable;
    private boolean isClosed;

    SimFile(SimDisk disk, Path path, SimInode inode, int generation, boolean isWritable) {
        this.disk = disk;
        this.path = path;
        this.inode = inode;
        this.generation = generation;
        this.isWritable = isWritable;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        enter("write", true);
        int count = source.remaining();
        int admitted = disk.admit(path, inode, position, count);
        inode.write(source, admitted, position);
        if (admitted < count) {
            throw disk.full(path);
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        enter("read", false);
        return inode.read(target, position);
    }

    @Override
    public long sizeBytes() throws IOException {
        enter("size", false);
        return inode.size();
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
        enter("truncate", true);
        inode.truncate(sizeBytes);
    }

    @Override
    public void sync() throws IOException {
        enter("fsync", false);
        SimInode.Sync sync = inode.beginSync();
        disk.pauseInSync(path);
        if (disk.faultsOf(path).failsNow()) {
            inode.failSync(sync, disk.random());
            throw new IOException(path + ": input/output error (simulated)");
        }
        inode.endSync(sync);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        enter("send", false);
        return target.write(inode.view(position, count));
    }

    @Override
    public void close() {
        isClosed = true;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private void enter(String operation, boolean writes) throws IOException {
        disk.checkGeneration(generation, operation);
        disk.enter(operation, path);
        if (isClosed) {
            throw new ClosedChannelException();
        }
        if (writes && !isWritable) {
            throw new NonWritableChannelException();
        }
    }
}
