package io.daybook.log.local;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Bytes of a file in memory. Grows at its end, by one thread, until its memory is full; what is there does not change. The
 * memory is given back when the last user releases it. Safe for use by any thread that holds a reference.
 */
final class HeldBytes {
    private final ByteBuffer memory;
    private final long from;
    private final Consumer<ByteBuffer> onRelease;
    private final References references = new References();
    private volatile int length;

    /** Nothing yet, with one reference, that of the caller. */
    HeldBytes(ByteBuffer memory, long from, Consumer<ByteBuffer> onRelease) {
        this.memory = memory;
        this.from = from;
        this.onRelease = onRelease;
    }

    /** The position of the first byte in its file. */
    long from() {
        return from;
    }

    /** Behind the last one. */
    long end() {
        return from + length;
    }

    boolean hasRoomFor(int bytes) {
        return memory.capacity() - length >= bytes;
    }

    /** Copies what remains in {@code source} behind what is there. */
    void add(ByteBuffer source) {
        int begin = length;
        memory.put(begin, source, source.position(), source.remaining());
        length = begin + source.remaining();
    }

    /** Those before a position in the file, not to be changed. */
    ByteBuffer bytesBefore(long position) {
        return memory.slice(0, (int) (position - from));
    }

    /**
     * Copies into what remains of {@code target} until it is full or there is nothing more.
     *
     * @param position in the file, not before {@link #from}
     */
    int read(ByteBuffer target, long position) {
        int begin = (int) Math.min(length, position - from);
        int bytes = Math.min(target.remaining(), length - begin);
        target.put(memory.slice(begin, bytes));
        return bytes;
    }

    /** One more user, unless the memory was given back; then the file has the bytes. */
    boolean tryRetain() {
        return references.tryRetain();
    }

    /** One user less. */
    void release() {
        if (references.release()) {
            onRelease.accept(memory);
        }
    }
}
