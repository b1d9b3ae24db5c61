package io.daybook.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionQuotaTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    private final ConnectionQuota quota =
            new ConnectionQuota(new ConnectionLimits(100, 3, Map.of(address(2), 1, address(3), 5), 10), START);

    @Test
    void aSecondsWorthOfConnectionsNeedNotWaitAndTheNextDoes() {
        for (int i = 0; i < 10; i++) {
            assertThat(quota.pauseNanos(START)).isZero();
        }

        assertThat(quota.pauseNanos(START)).isEqualTo(SECOND / 10);
        assertThat(quota.pauseNanos(START)).isEqualTo(2 * SECOND / 10);
        assertThat(quota.pauseNanos(START + 10 * SECOND)).isZero();
    }

    @Test
    void nobodyWaitsWithoutARate() {
        quota.limit(ConnectionLimits.NONE);

        for (int i = 0; i < 1000; i++) {
            assertThat(quota.pauseNanos(START)).isZero();
        }
    }

    @Test
    void anAddressMayHaveABoundOfItsOwn() {
        assertThat(quota.opened(address(2))).isEmpty();
        assertThat(quota.opened(address(2))).contains("max.connections.per.ip.overrides=1");
        for (int i = 0; i < 3; i++) {
            assertThat(quota.opened(address(1))).isEmpty();
        }
        assertThat(quota.opened(address(1))).contains("max.connections.per.ip=3");
        assertThat(quota.open()).isEqualTo(6);
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
