package io.daybook.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargeBuffersTest {
    private static final int MIB = 1 << 20;

    private final LargeBuffers buffers = new LargeBuffers();

    @Test
    void memoryThatWasReleasedIsUsedAgainAtTheSizeAskedFor() {
        ByteBuf first = borrow(MIB + 100);
        assertThat(first.capacity()).isEqualTo(MIB + 100);
        assertThat(first.readableBytes()).isZero();
        assertThat(first.writableBytes()).isEqualTo(MIB + 100);
        first.setByte(MIB - 1, 7);
        ByteBuf slice = first.retainedSlice(MIB - 1, 1);
        first.release();
        assertThat(buffers.keptBytes()).isZero();
        slice.release();
        assertThat(buffers.keptBytes()).isGreaterThanOrEqualTo(MIB + 100);

        ByteBuf second = borrow(MIB - 50);

        assertThat(buffers.keptBytes()).isZero();
        assertThat(second.capacity()).isEqualTo(MIB - 50);
        second.writeZero(MIB - 50);
        assertThat(second.isWritable()).isFalse();
        second.release();
    }

    @Test
    void memoryOfMoreThanTwiceTheSizeIsLeftForOthers() {
        borrow(8 * MIB).release();
        int keptBytes = buffers.keptBytes();
        ByteBuf small = borrow(MIB);
        assertThat(buffers.keptBytes()).isEqualTo(keptBytes);
        small.release();
    }

    @Test
    void whatIsKeptIsBoundedAndTheOldestGoesFirst() {
        List<ByteBuf> borrowed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            borrowed.add(borrow(8 * MIB));
        }
        borrowed.forEach(ByteBuf::release);
        assertThat(buffers.keptBytes()).isEqualTo(LargeBuffers.MAX_KEPT_BYTES);
        borrow(MIB).release();
        assertThat(buffers.keptBytes()).isEqualTo(LargeBuffers.MAX_KEPT_BYTES - 8 * MIB + MIB);
    }

    private ByteBuf borrow(int bytes) {
        return buffers.borrow(bytes, UnpooledByteBufAllocator.DEFAULT);
    }
}
