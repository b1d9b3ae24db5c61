package io.daybook.log.local;

import io.daybook.runtime.DiskFile;
import io.daybook.runtime.ForwardingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A segment's file whose last bytes may be held in memory until there are enough for a large write: many small ones into the
 * page cache of a file that grows cost a multiple of that. {@link #read} finds held bytes too, {@link #sync} writes them
 * before, {@link #transferTo} and {@link #sizeBytes} know only what was written. Whoever makes the bytes durable elsewhere must
 * not forget them there before {@link #sync}. Safe for use by any thread.
 */
final class WriteBehindFile extends ForwardingFile {
    private final WriteBehindBuffers buffers;
    private final BooleanSupplier isFenced;
    /** Guarded by this, as is where it begins: its position is the end of what it holds. */
    private @Nullable ByteBuffer held;

    private long heldFrom;

    /**
     * Takes over the file, and closes it.
     *
     * @param isFenced whether nothing may be held any more, as somebody else owns the file
     */
    WriteBehindFile(DiskFile file, WriteBehindBuffers buffers, BooleanSupplier isFenced) {
        super(file);
        this.buffers = buffers;
        this.isFenced = isFenced;
    }

    /**
     * Holds what remains in {@code source}, for which {@link WriteBehindBuffers#isWorthHolding}, as the bytes
     * from {@code position}, which is the end; writes it if no memory is left.
     */
    synchronized void append(ByteBuffer source, long position) throws IOException {
        ByteBuffer memory = held;
        if (memory != null && memory.remaining() < source.remaining()) {
            writeOut();
            memory = null;
        }
        if (memory == null) {
            memory = buffers.take(this);
            held = memory;
            heldFrom = position;
        }
        if (memory == null) {
            super.write(source.duplicate(), position);
            return;
        }
        // who fences writes out all that is held afterwards, so nothing must come to it then
        if (isFenced.getAsBoolean()) {
            throw new ClosedChannelException();
        }
        memory.put(source.duplicate());
    }

    /** Writes to the file what is held. If that fails it stays held. */
    synchronized void writeOut() throws IOException {
        ByteBuffer memory = held;
        if (memory != null) {
            super.write(memory.duplicate().flip(), heldFrom);
            letGo(memory);
        }
    }

    /** Likewise, if it is among the bytes before this position. */
    synchronized void writeOutBefore(long position) throws IOException {
        if (held != null && position > heldFrom) {
            writeOut();
        }
    }

    private void letGo(ByteBuffer memory) {
        held = null;
        buffers.giveBack(this, memory);
    }

    @Override
    public synchronized void write(ByteBuffer source, long position) throws IOException {
        writeOut();
        super.write(source, position);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        synchronized (this) {
            ByteBuffer memory = held;
            if (memory != null && position + target.remaining() > heldFrom) {
                return readWithHeld(target, position, memory);
            }
        }
        return super.read(target, position);
    }

    private int readWithHeld(ByteBuffer target, long position, ByteBuffer memory) throws IOException {
        int count = 0;
        int limit = target.limit();
        if (position < heldFrom) {
            target.limit(target.position() + (int) (heldFrom - position));
            count = super.read(target, position);
            boolean isWhole = !target.hasRemaining();
            target.limit(limit);
            if (!isWhole) {
                return count;
            }
        }
        int from = (int) (position + count - heldFrom);
        int length = Math.min(target.remaining(), memory.position() - from);
        if (length > 0) {
            target.put(memory.slice(from, length));
            count += length;
        }
        return count;
    }

    @Override
    public synchronized void truncate(long sizeBytes) throws IOException {
        ByteBuffer memory = held;
        if (memory != null && sizeBytes <= heldFrom) {
            letGo(memory);
        } else if (memory != null && sizeBytes < heldFrom + memory.position()) {
            memory.position((int) (sizeBytes - heldFrom));
        }
        super.truncate(sizeBytes);
    }

    @Override
    public void sync() throws IOException {
        writeOut();
        super.sync();
    }

    /** What could not be written before is given up. */
    @Override
    public synchronized void close() throws IOException {
        ByteBuffer memory = held;
        if (memory != null) {
            letGo(memory);
        }
        super.close();
    }
}
