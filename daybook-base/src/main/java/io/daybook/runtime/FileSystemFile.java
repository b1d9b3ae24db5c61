package io.daybook.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A file of the machine. */
final class FileSystemFile implements DiskFile {
    /** One large write into the page cache costs several times the CPU of as many bytes in writes of this size. */
    static final int CACHED_CHUNK_BYTES = 128 * 1024;

    private final Path path;
    private final FileChannel channel;
    private final int chunkBytes;

    /** No system call writes more than {@code chunkBytes}. */
    FileSystemFile(Path path, FileChannel channel, int chunkBytes) {
        this.path = path;
        this.channel = channel;
        this.chunkBytes = chunkBytes;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        int limit = source.limit();
        long next = position;
        try {
            while (source.position() < limit) {
                source.limit(Math.min(limit, source.position() + chunkBytes));
                next += channel.write(source, next);
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
        channel.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
