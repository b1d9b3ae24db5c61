package io.daybook.benchmarks.floor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FloorConnectionTest {
    private final ByteBuffer received = ByteBuffer.allocate(64);

    @Test
    void aRequestIsTakenOnceItsLastByteIsThere() {
        received.putInt(3).put(new byte[] {1, 2}).flip();
        assertThat(FloorConnection.next(received)).isEmpty();

        received.compact().put((byte) 3).flip();

        assertThat(FloorConnection.next(received)).contains(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(FloorConnection.next(received)).isEmpty();
    }

    @Test
    void requestsThatCameTogetherAreTakenOneByOne() {
        received.putInt(1)
                .put((byte) 1)
                .putInt(1)
                .put((byte) 2)
                .putShort((short) 0)
                .flip();

        assertThat(FloorConnection.next(received)).contains(ByteBuffer.wrap(new byte[] {1}));
        assertThat(FloorConnection.next(received)).contains(ByteBuffer.wrap(new byte[] {2}));
        assertThat(FloorConnection.next(received)).isEmpty();
        assertThat(received.remaining()).isEqualTo(Short.BYTES);
    }

    @Test
    void aRequestThatCannotFitIsRefused() {
        received.putInt(61).flip();

        assertThatThrownBy(() -> FloorConnection.next(received)).isInstanceOf(IllegalArgumentException.class);
    }
}
