package io.daybook.log.local;

import io.daybook.runtime.DiskFile;
import io.daybook.runtime.ForwardingFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open file of a segment, which stays open until the last of its users releases it. Its last bytes may be held in memory
 * until there are enough for a large write: many small ones into the page cache of a file that grows cost a multiple of that.
 * {@link #read} finds held bytes too and {@link #sync} writes them first; {@link #transferTo} and {@link #sizeBytes} know only
 * what was written. Who makes bytes durable elsewhere must not forget them there before a {@link #sync} here. One thread, the
 * segment's owner, appends, writes and truncates; the rest is safe for use by any thread that holds a reference.
 */
final class SegmentFile extends ForwardingFile {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentFile.class);

    private final WriteBehindBuffers buffers;
    private final BooleanSupplier isFenced;
    private final References references = new References();
    /** Replaced by the owner only, when all of it is written. */
    private volatile @Nullable HeldBytes held;
    /** Of what was ever held, the file has the bytes before this position. */
    private final AtomicLong writtenTo = new AtomicLong();
    /** What is held from here on belongs to nobody: another owner has the file. */
    private final AtomicLong sealedAt = new AtomicLong(Long.MAX_VALUE);

    /**
     * Takes over the file, with one reference, that of the caller.
     *
     * @param isFenced whether nothing may be held any more, as somebody else owns the file
     */
    SegmentFile(DiskFile file, WriteBehindBuffers buffers, BooleanSupplier isFenced) {
        super(file);
        this.buffers = buffers;
        this.isFenced = isFenced;
    }

    /** One more user; only for callers that hold a reference. */
    void retain() {
        references.retain();
    }

    /** One user less. What had to be durable was synced before, so a failing close takes nothing away. */
    void release() {
        if (references.release()) {
            letGo();
            try {
                close();
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("a file could not be closed");
            }
        }
    }

    /**
     * Holds what remains in {@code source}, for which {@link WriteBehindBuffers#isWorthHolding}, as the bytes from {@code
     * position}, which is the end. Writes them if no memory is left.
     */
    void append(ByteBuffer source, long position) throws IOException {
        HeldBytes current = held;
        if (current != null && (isWritten(current) || !current.hasRoomFor(source.remaining()))) {
            holdNothing();
            current = null;
        }
        if (current == null) {
            current = buffers.take(this, position);
            held = current;
        }
        // who fences looks through the holders afterwards, so that one who comes later must see it
        if (isFenced.getAsBoolean()) {
            throw new ClosedChannelException();
        }
        if (current == null) {
            super.write(source.duplicate(), position);
        } else {
            current.add(source);
        }
    }

    /**
     * The file has all that was held when this was called. If that fails, it stays held. Also for callers without a reference: a
     * file that was closed has all its bytes.
     */
    void writeOut() throws IOException {
        HeldBytes current = held;
        if (current == null || isWritten(current) || !references.tryRetain()) {
            return;
        }
        try {
            write(current);
        } finally {
            release();
        }
    }

    private void write(HeldBytes current) throws IOException {
        if (current.tryRetain()) {
            try {
                long end = Math.min(current.end(), sealedAt.get());
                super.write(current.bytesBefore(end), current.from());
                writtenTo.accumulateAndGet(end, Math::max);
            } finally {
                current.release();
            }
        }
    }

    /** Likewise, and gives up the memory. By the owner. */
    void holdNothing() throws IOException {
        writeOut();
        letGo();
    }

    /** Likewise, if bytes before this position are held. */
    void holdNothingBefore(long position) throws IOException {
        HeldBytes current = held;
        if (current != null && position > current.from()) {
            holdNothing();
        }
    }

    /** Whoever opened it is fenced: the file gets what is held now, and nothing that comes later. No reference is needed. */
    void seal() throws IOException {
        HeldBytes current = held;
        sealedAt.compareAndSet(Long.MAX_VALUE, current == null ? writtenTo.get() : current.end());
        writeOut();
    }

    boolean isFenced() {
        return isFenced.getAsBoolean();
    }

    private boolean isWritten(HeldBytes bytes) {
        return writtenTo.get() >= Math.min(bytes.end(), sealedAt.get());
    }

    private void letGo() {
        HeldBytes current = held;
        if (current != null) {
            held = null;
            buffers.letGo(this);
            current.release();
        }
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        holdNothing();
        super.write(source, position);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        HeldBytes current = held;
        if (current == null || position + target.remaining() <= current.from() || !current.tryRetain()) {
            return super.read(target, position);
        }
        try {
            int fromFile = (int) Math.max(0, Math.min(target.remaining(), current.from() - position));
            int count = fromFile == 0 ? 0 : super.read(target.slice(target.position(), fromFile), position);
            target.position(target.position() + count);
            return count < fromFile ? count : count + current.read(target, position + count);
        } finally {
            current.release();
        }
    }

    @Override
    public void sync() throws IOException {
        writeOut();
        super.sync();
    }
}
