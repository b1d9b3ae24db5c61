package io.daybook.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Does what another file does; what differs is overridden. {@link #writeSynced} is this file's {@link #write} and {@link #sync}, so that
 * who overrides those has overridden it too.
 */
public class ForwardingFile implements DiskFile {
    private final DiskFile file;

    /** Takes over the file, and closes it. */
    public ForwardingFile(DiskFile file) {
        this.file = file;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
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
        file.truncate(sizeBytes);
    }

    @Override
    public void sync() throws IOException {
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

    @Override
    public String toString() {
        return file.toString();
    }
}
