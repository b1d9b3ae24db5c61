package io.daybook.server.net;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts connections, together and from one address, against what is allowed. Safe for use by any thread. */
final class ConnectionQuota {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicInteger open = new AtomicInteger();
    private final Map<InetAddress, Integer> openByIp = new ConcurrentHashMap<>();
    /** When the connections so far would all have been created at the allowed pace; a second of pause is saved up. */
    private final AtomicLong paidUntilNanos;

    private volatile ConnectionLimits limits;

    ConnectionQuota(ConnectionLimits limits, long nowNanos) {
        this.limits = limits;
        this.paidUntilNanos = new AtomicLong(nowNanos - NANOS_PER_SECOND);
    }

    /** From now on these hold. */
    void limit(ConnectionLimits changed) {
        limits = changed;
    }

    int open() {
        return open.get();
    }

    /** Counts one more connection; {@link #closed} follows in every case. Returns why it is too many, or nothing. */
    String opened(InetAddress client) {
        ConnectionLimits now = limits;
        int all = open.incrementAndGet();
        int fromClient = openByIp.merge(client, 1, Integer::sum);
        if (all > now.maxConnections()) {
            return "there are max.connections=" + now.maxConnections() + " connections already";
        }
        if (fromClient > now.maxFrom(client)) {
            String key =
                    now.overrides().containsKey(client) ? "max.connections.per.ip.overrides" : "max.connections.per.ip";
            return "there are " + key + "=" + now.maxFrom(client) + " connections from this address already";
        }
        return "";
    }

    /** A connection was accepted: for how long no other should be, in nanoseconds; 0 if the pace is fine. */
    long pauseNanos(long nowNanos) {
        int perSecond = limits.maxCreationsPerSecond();
        if (perSecond == Integer.MAX_VALUE) {
            return 0;
        }
        long earliest = nowNanos - NANOS_PER_SECOND;
        long paidUntil = paidUntilNanos.updateAndGet(
                before -> (before - earliest > 0 ? before : earliest) + NANOS_PER_SECOND / perSecond);
        return Math.max(0, paidUntil - nowNanos);
    }

    void closed(InetAddress client) {
        open.decrementAndGet();
        openByIp.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
    }
}
