package io.daybook.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/** Lets the socket be read into the buffers that the frame reader wants filled. For one connection. */
@SuppressWarnings("deprecation") // Netty 4.2 offers no other way to choose the buffer of a read
final class FrameReceiveBuffers extends DefaultMaxMessagesRecvByteBufAllocator {
    private final FrameReader frames;

    FrameReceiveBuffers(FrameReader frames) {
        this.frames = frames;
    }

    @Override
    public RecvByteBufAllocator.Handle newHandle() {
        return new FrameHandle();
    }

    private final class FrameHandle extends MaxMessageHandle {
        @Override
        public ByteBuf allocate(ByteBufAllocator ignored) {
            return frames.receiveBuffer();
        }

        @Override
        public int guess() {
            return 0;
        }
    }
}
