package io.daybook.server.net;

import io.netty.buffer.ByteBuf;

/** One whole request as it came, without its length, and the memory that is reserved for it. Released once. */
final class Frame {
    private final ByteBuf bytes;
    private final RequestMemory memory;
    private final int reservedBytes;

    Frame(ByteBuf bytes, RequestMemory memory, int reservedBytes) {
        this.bytes = bytes;
        this.memory = memory;
        this.reservedBytes = reservedBytes;
    }

    /** Borrowed until {@link #release()}. */
    ByteBuf bytes() {
        return bytes;
    }

    /** Gives buffer and reservation back; from any thread. */
    void release() {
        bytes.release();
        memory.release(reservedBytes);
    }
}
