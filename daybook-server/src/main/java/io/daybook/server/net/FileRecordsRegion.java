package io.daybook.server.net;

import io.daybook.log.FileRecords;
import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Batches in a file on their way to a socket. The last release lets the file go, and leaves it open. To a socket of the JDK
 * the system sends the bytes itself; Netty's native sockets are not channels that the JDK knows, there the bytes go through
 * a buffer of the event loop.
 */
final class FileRecordsRegion extends AbstractReferenceCounted implements FileRegion {
    private static final int CHUNK_BYTES = 64 << 10;
    private static final ThreadLocal<ByteBuffer> CHUNK =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(CHUNK_BYTES));

    private final FileRecords records;
    private long transferredBytes;

    FileRecordsRegion(FileRecords records) {
        this.records = records;
    }

    @Override
    public long position() {
        return records.position();
    }

    @Override
    @Deprecated
    public long transfered() {
        return transferredBytes;
    }

    @Override
    public long transferred() {
        return transferredBytes;
    }

    @Override
    public long count() {
        return records.sizeBytes();
    }

    @Override
    public long transferTo(WritableByteChannel target, long position) throws IOException {
        if (position >= count()) {
            return 0;
        }
        long sentBytes =
                target instanceof SocketChannel ? records.transferTo(position, target) : copyTo(target, position);
        transferredBytes += sentBytes;
        return sentBytes;
    }

    private long copyTo(WritableByteChannel target, long position) throws IOException {
        ByteBuffer chunk = CHUNK.get();
        chunk.clear().limit((int) Math.min(CHUNK_BYTES, count() - position));
        int expectedBytes = chunk.remaining();
        int readBytes = records.file().read(chunk, records.position() + position);
        if (readBytes < expectedBytes) {
            throw new EOFException(records + " ends after " + (position + readBytes) + " bytes");
        }
        return target.write(chunk.flip());
    }

    @Override
    protected void deallocate() {
        records.release();
    }

    @Override
    public FileRegion retain() {
        super.retain();
        return this;
    }

    @Override
    public FileRegion retain(int increment) {
        super.retain(increment);
        return this;
    }

    @Override
    public FileRegion touch() {
        return this;
    }

    @Override
    public FileRegion touch(Object hint) {
        return this;
    }
}
