package io.daybook.server.net;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections there may be, together and from one address. Safe for use by any thread. */
final class ConnectionQuota {
    private final int maxConnections;
    private final int maxConnectionsPerIp;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<InetAddress, Integer> openByIp = new ConcurrentHashMap<>();

    ConnectionQuota(int maxConnections, int maxConnectionsPerIp) {
        this.maxConnections = maxConnections;
        this.maxConnectionsPerIp = maxConnectionsPerIp;
    }

    int open() {
        return open.get();
    }

    /** Counts one more connection; {@link #closed} follows in every case. Returns why it is too many, or nothing. */
    String opened(InetAddress client) {
        int all = open.incrementAndGet();
        int fromClient = openByIp.merge(client, 1, Integer::sum);
        if (all > maxConnections) {
            return "there are max.connections=" + maxConnections + " connections already";
        }
        if (fromClient > maxConnectionsPerIp) {
            return "there are max.connections.per.ip=" + maxConnectionsPerIp + " connections from this address already";
        }
        return "";
    }

    void closed(InetAddress client) {
        open.decrementAndGet();
        openByIp.computeIfPresent(client, (address, count) -> count == 1 ? null : count - 1);
    }
}
