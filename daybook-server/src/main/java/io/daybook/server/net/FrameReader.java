package io.daybook.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of one connection into frames: four bytes of length, then as many bytes. The length is checked before
 * anything is allocated. A frame that is larger than what was received with its begin gets a buffer of exactly its size,
 * and the rest is received into it directly. Owned by the event loop of the connection.
 */
final class FrameReader {
    /** What {@link #next()} found. */
    enum Step {
        /** Nothing more until bytes are received. */
        NEEDS_BYTES,
        /** The length of a frame is known, memory for it is not reserved; see {@link #neededBytes()}. */
        NEEDS_MEMORY,
        /** {@link #takeFrame()} has one. */
        FRAME,
        /** The length is impossible; see {@link #neededBytes()}. Nothing that follows makes sense. */
        BAD_LENGTH
    }

    /** A connection that says nothing for long holds no buffer; the first read after silence takes this much. */
    private static final int FIRST_RECEIVE_BYTES = 2 << 10;

    private static final int MAX_RECEIVE_BYTES = 64 << 10;
    private static final int MIN_DIRECT_RECEIVE_BYTES = 4 << 10;

    private final ByteBufAllocator allocator;
    private final RequestMemory memory;
    private int maxFrameBytes;

    private @Nullable ByteBuf received;
    private int lengthBytesRead;
    private int lengthRead;
    private boolean reserved;
    private @Nullable ByteBuf partial;
    private boolean receivingIntoPartial;
    private int nextReceiveBytes = FIRST_RECEIVE_BYTES;
    private @Nullable Frame frame;

    FrameReader(ByteBufAllocator allocator, RequestMemory memory, int maxFrameBytes) {
        this.allocator = allocator;
        this.memory = memory;
        this.maxFrameBytes = maxFrameBytes;
    }

    /** Frames that begin from now on may be this large. */
    void limitFrames(int frameBytes) {
        this.maxFrameBytes = frameBytes;
    }

    /** The buffer for the next read from the socket; {@link #received} follows, unless there was nothing to read. */
    ByteBuf receiveBuffer() {
        ByteBuf target = partial;
        receivingIntoPartial = target != null && received == null && target.writableBytes() >= MIN_DIRECT_RECEIVE_BYTES;
        if (target == null || !receivingIntoPartial) {
            return allocator.directBuffer(nextReceiveBytes, nextReceiveBytes);
        }
        return target.retainedSlice(target.writerIndex(), target.writableBytes())
                .writerIndex(0);
    }

    /** Takes over a buffer that the socket was read into. */
    void received(ByteBuf bytes) {
        ByteBuf target = partial;
        if (receivingIntoPartial && target != null) {
            target.writerIndex(target.writerIndex() + bytes.readableBytes());
            bytes.release();
            return;
        }
        adaptTo(bytes);
        ByteBuf before = received;
        if (before == null) {
            received = bytes;
            return;
        }
        ByteBuf both = allocator.directBuffer(before.readableBytes() + bytes.readableBytes());
        both.writeBytes(before).writeBytes(bytes);
        before.release();
        bytes.release();
        received = both;
    }

    /** Goes on as far as the received bytes and the memory allow. */
    Step next() {
        if (frame != null) {
            return Step.FRAME;
        }
        if (partial == null) {
            if (!readLength()) {
                return Step.NEEDS_BYTES;
            }
            if (lengthRead < 1 || lengthRead > maxFrameBytes) {
                return Step.BAD_LENGTH;
            }
            if (!reserved && !memory.tryReserve(lengthRead)) {
                return Step.NEEDS_MEMORY;
            }
            reserved = true;
        }
        return readContent() ? Step.FRAME : Step.NEEDS_BYTES;
    }

    /** The announced length. */
    int neededBytes() {
        return lengthRead;
    }

    /** The memory that {@link Step#NEEDS_MEMORY} asked for is reserved. */
    void memoryReserved() {
        reserved = true;
    }

    /** The frame; the caller releases it. */
    Frame takeFrame() {
        Frame taken = frame;
        if (taken == null) {
            throw new IllegalStateException("no frame to take");
        }
        frame = null;
        return taken;
    }

    /** Whether a frame has begun and is not complete. */
    boolean isWithinFrame() {
        return lengthBytesRead > 0;
    }

    /** Whether bytes were received that are not in a frame yet. */
    boolean hasReceived() {
        return received != null;
    }

    /** The first bytes of what follows a bad length, for a guess at what the client speaks. */
    byte[] peek(int maxBytes) {
        ByteBuf rest = received;
        byte[] bytes = new byte[rest == null ? 0 : Math.min(maxBytes, rest.readableBytes())];
        if (rest != null) {
            rest.getBytes(rest.readerIndex(), bytes);
        }
        return bytes;
    }

    /** Frees what is held. The reader is not used afterwards. */
    void close() {
        dropReceived();
        if (frame != null) {
            frame.release();
            frame = null;
        }
        if (partial != null) {
            partial.release();
            partial = null;
        }
        if (reserved) {
            memory.release(lengthRead);
            reserved = false;
        }
    }

    private boolean readLength() {
        ByteBuf from = received;
        while (lengthBytesRead < Integer.BYTES && from != null && from.isReadable()) {
            lengthRead = lengthRead << Byte.SIZE | from.readUnsignedByte();
            lengthBytesRead++;
        }
        if (lengthBytesRead < Integer.BYTES) {
            dropReceived();
            return false;
        }
        return true;
    }

    private boolean readContent() {
        ByteBuf from = received;
        if (partial == null && from != null && from.readableBytes() >= lengthRead && isMostly(from, lengthRead)) {
            frameComplete(from.readRetainedSlice(lengthRead));
            return true;
        }
        ByteBuf target = partial;
        if (target == null) {
            target = lengthRead < LargeBuffers.MIN_BYTES
                    ? allocator.directBuffer(lengthRead, lengthRead)
                    : memory.largeBuffers().borrow(lengthRead, allocator);
            partial = target;
        }
        if (from != null) {
            target.writeBytes(from, Math.min(from.readableBytes(), target.writableBytes()));
        }
        if (target.isWritable()) {
            dropReceived();
            return false;
        }
        partial = null;
        frameComplete(target);
        return true;
    }

    /** A slice keeps the whole buffer in memory; it is taken only where the buffer is little more than the frame. */
    private static boolean isMostly(ByteBuf buffer, int frameBytes) {
        return frameBytes >= buffer.capacity() / 2;
    }

    private void frameComplete(ByteBuf bytes) {
        frame = new Frame(bytes, memory, lengthRead);
        reserved = false;
        lengthBytesRead = 0;
        lengthRead = 0;
        if (received != null && !received.isReadable()) {
            dropReceived();
        }
    }

    private void dropReceived() {
        if (received != null) {
            received.release();
            received = null;
        }
    }

    private void adaptTo(ByteBuf bytes) {
        if (!bytes.isWritable()) {
            nextReceiveBytes = Math.min(MAX_RECEIVE_BYTES, nextReceiveBytes * 4);
        } else if (bytes.readableBytes() < bytes.capacity() / 8) {
            nextReceiveBytes = Math.max(FIRST_RECEIVE_BYTES, nextReceiveBytes / 2);
        }
    }
}
