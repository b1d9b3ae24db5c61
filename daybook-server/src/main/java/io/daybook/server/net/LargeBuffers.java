package io.daybook.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.util.internal.CleanableDirectBuffer;
import io.netty.util.internal.PlatformDependent;
import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Memory for frames that are too large for the pool to keep. New memory costs more than what is done with it: it is mapped,
 * filled with zeros and given back for each request. What was used last is used next. Safe for use by any thread.
 */
final class LargeBuffers {
    /** From this size on a frame takes its memory here. */
    static final int MIN_BYTES = 256 << 10;
    /** The most that is kept for later. */
    static final int MAX_KEPT_BYTES = 32 << 20;
    /** Frames of about one size fit into each other's memory. */
    private static final int STEP_BYTES = 64 << 10;

    private final Deque<CleanableDirectBuffer> kept = new ConcurrentLinkedDeque<>();
    private final AtomicInteger keptBytes = new AtomicInteger();

    /** A buffer of exactly this size, whose memory comes back here with its last release; up to twice as large. */
    ByteBuf borrow(int bytes, ByteBufAllocator allocator) {
        CleanableDirectBuffer memory = takeKept(bytes);
        if (memory == null) {
            memory = PlatformDependent.allocateDirect((bytes + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES);
        }
        return new LargeBuffer(allocator, memory, bytes);
    }

    /** How much is kept now. */
    int keptBytes() {
        return keptBytes.get();
    }

    private @Nullable CleanableDirectBuffer takeKept(int bytes) {
        for (CleanableDirectBuffer each : kept) {
            int capacity = each.buffer().capacity();
            if (capacity >= bytes && capacity / 2 <= bytes && kept.remove(each)) {
                keptBytes.addAndGet(-capacity);
                return each;
            }
        }
        return null;
    }

    private void keep(CleanableDirectBuffer memory) {
        int capacity = memory.buffer().capacity();
        keptBytes.addAndGet(capacity);
        kept.addFirst(memory);
        while (keptBytes.get() > MAX_KEPT_BYTES) {
            CleanableDirectBuffer oldest = kept.pollLast();
            if (oldest == null) {
                return;
            }
            keptBytes.addAndGet(-oldest.buffer().capacity());
            oldest.clean();
        }
    }

    private final class LargeBuffer extends UnpooledDirectByteBuf {
        private final CleanableDirectBuffer memory;

        LargeBuffer(ByteBufAllocator allocator, CleanableDirectBuffer memory, int bytes) {
            super(allocator, part(memory.buffer(), bytes), bytes);
            this.memory = memory;
            writerIndex(0);
        }

        private static ByteBuffer part(ByteBuffer whole, int bytes) {
            return whole.slice(0, bytes);
        }

        @Override
        protected void deallocate() {
            super.deallocate();
            keep(memory);
        }
    }
}
