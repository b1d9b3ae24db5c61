package io.daybook.server.net;

import java.net.InetAddress;
import java.util.Map;

/**
 * How many connections there may be. May be changed while the server runs; connections that are open stay so. What the
 * system allows is another matter: {@link OpenFiles}.
 *
 * @param maxConnections connections at a time, over all listeners ({@code max.connections})
 * @param maxConnectionsPerIp connections at a time from one address ({@code max.connections.per.ip})
 * @param overrides other bounds for certain addresses ({@code max.connections.per.ip.overrides})
 * @param maxCreationsPerSecond beyond this, accepting waits ({@code max.connection.creation.rate})
 */
public record ConnectionLimits(
        int maxConnections, int maxConnectionsPerIp, Map<InetAddress, Integer> overrides, int maxCreationsPerSecond) {
    /** No limit, as Kafka has none by default. */
    public static final ConnectionLimits NONE =
            new ConnectionLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Map.of(), Integer.MAX_VALUE);

    /** Checks and copies. */
    public ConnectionLimits {
        if (maxConnections < 1 || maxConnectionsPerIp < 0 || maxCreationsPerSecond < 1) {
            throw new IllegalArgumentException("a bound on connections is below 1");
        }
        overrides = Map.copyOf(overrides);
    }

    /** The bound for one address. */
    int maxFrom(InetAddress client) {
        return overrides.getOrDefault(client, maxConnectionsPerIp);
    }
}
