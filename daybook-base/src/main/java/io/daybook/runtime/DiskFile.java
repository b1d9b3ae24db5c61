package io.daybook.runtime;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** An open file of a {@link Disk}. Positions are bytes from its begin. Safe for use by several threads. */
public interface DiskFile extends Closeable {
    /** Writes everything that remains in {@code source} at the position; the file grows as needed. */
    void write(ByteBuffer source, long position) throws IOException;

    /**
     * Writes everything that remains in {@code source}, and returns when that is durable; what was written before it may not be.
     * As {@link #write} and {@link #sync}, in one call where the system has one. After a failure as of {@link #sync}.
     */
    default void writeSynced(ByteBuffer source, long position) throws IOException {
        write(source, position);
        sync();
    }

    /**
     * Reads into what remains of {@code target} until it is full or the file ends.
     *
     * @return how many bytes were read; 0 at or beyond the end
     */
    int read(ByteBuffer target, long position) throws IOException;

    /** The length now. */
    long sizeBytes() throws IOException;

    /** Cuts the file to this length; without effect if it is shorter. */
    void truncate(long sizeBytes) throws IOException;

    /** Makes content and length durable ({@code fdatasync}). After a failure nothing written before may be trusted. */
    void sync() throws IOException;

    /**
     * Sends bytes to a channel, without a copy through the heap where the system can.
     *
     * @return how many bytes went out; may be fewer than {@code count}, 0 if the channel takes none now
     */
    long transferTo(long position, long count, WritableByteChannel target) throws IOException;
}
