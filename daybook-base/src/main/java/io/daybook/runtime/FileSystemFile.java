package io.daybook.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of the machine. */
final class FileSystemFile implements DiskFile {
    /** One large write into the page cache costs several times the CPU of as many bytes in writes of this size. */
    static final int CACHED_CHUNK_BYTES = 128 * 1024;

    private final Path path;
    private final FileChannel channel;
    /** Opened with {@code O_DSYNC}, for the writes that end with a sync. */
    private final @Nullable FileChannel synced;

    private final int chunkBytes;

    /** No system call writes more than {@code chunkBytes}. */
    FileSystemFile(Path path, FileChannel channel, int chunkBytes) {
        this(path, channel, null, chunkBytes);
    }

    /** Likewise; {@code synced} is the same file, opened with {@link java.nio.file.StandardOpenOption#DSYNC}. */
    FileSystemFile(Path path, FileChannel channel, @Nullable FileChannel synced, int chunkBytes) {
        this.path = path;
        this.channel = channel;
        this.synced = synced;
        this.chunkBytes = chunkBytes;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        write(channel, source, position);
    }

    /** One call instead of two, and one command to a drive that can write past its own cache. */
    @Override
    public void writeSynced(ByteBuffer source, long position) throws IOException {
        if (synced == null || source.remaining() > chunkBytes) {
            write(source, position);
            sync();
        } else {
            write(synced, source, position);
        }
    }

    private void write(FileChannel target, ByteBuffer source, long position) throws IOException {
        int limit = source.limit();
        long next = position;
        try {
            while (source.position() < limit) {
                source.limit(Math.min(limit, source.position() + chunkBytes));
                next += target.write(source, next);
            }
        } catch (IOException e) {
            throw FullDisk.orSame(path, e);
        } finally {
            source.limit(limit);
        }
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int count = channel.read(target, position + total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    @Override
    public long sizeBytes() throws IOException {
        return channel.size();
    }

    @Override
    public void truncate(long sizeBytes) throws IOException {
        channel.truncate(sizeBytes);
    }

    @Override
    public void sync() throws IOException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw FullDisk.orSame(path, e);
        }
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return channel.transferTo(position, count, target);
    }

    @Override
    public void close() throws IOException {
        try (FileChannel second = synced) {
            channel.close();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
