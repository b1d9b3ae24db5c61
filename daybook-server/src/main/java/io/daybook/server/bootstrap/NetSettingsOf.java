package io.daybook.server.bootstrap;

import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.ConfigKey;
import io.daybook.runtime.OpenFileLimit;
import io.daybook.server.config.ServerConfig;
import io.daybook.server.net.ConnectionLimits;
import io.daybook.server.net.NetSettings;
import io.daybook.server.net.Transport;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** The bounds of the network layer from the configuration. */
final class NetSettingsOf {
    /** Sockets buffer what the system finds right unless somebody said otherwise. */
    private static final int SYSTEM_DEFAULT = -1;

    private NetSettingsOf() {}

    static NetSettings config(ServerConfig config) {
        BrokerConfig broker = config.broker();
        int frameBytes = broker.get(BrokerConfigKeys.SOCKET_REQUEST_MAX_BYTES);
        long memoryBytes = broker.get(BrokerConfigKeys.QUEUED_MAX_REQUEST_BYTES);
        if (memoryBytes <= 0) {
            memoryBytes = Math.max(frameBytes, Transport.maxBufferBytes() / 4);
        }
        long idleMs = broker.get(BrokerConfigKeys.CONNECTIONS_MAX_IDLE_MS);
        return new NetSettings(
                frameBytes,
                memoryBytes,
                NetSettings.DEFAULTS.maxRequestsPerConnection(),
                idleMs > 0 ? idleMs : Long.MAX_VALUE,
                connections(broker),
                new NetSettings.SocketSettings(
                        broker.get(BrokerConfigKeys.SOCKET_LISTEN_BACKLOG_SIZE),
                        ifSet(config, BrokerConfigKeys.SOCKET_SEND_BUFFER_BYTES),
                        ifSet(config, BrokerConfigKeys.SOCKET_RECEIVE_BUFFER_BYTES),
                        OpenFileLimit.ofProcess()));
    }

    /** How many connections there may be, as far as that may change while the server runs. */
    static ConnectionLimits connections(BrokerConfig broker) {
        return new ConnectionLimits(
                Math.max(1, broker.get(BrokerConfigKeys.MAX_CONNECTIONS)),
                broker.get(BrokerConfigKeys.MAX_CONNECTIONS_PER_IP),
                countsByAddress(broker.get(BrokerConfigKeys.MAX_CONNECTIONS_PER_IP_OVERRIDES)),
                Math.max(1, broker.get(BrokerConfigKeys.MAX_CONNECTION_CREATION_RATE)));
    }

    /** Only addresses come here, and no names, so nothing is looked up. */
    private static Map<InetAddress, Integer> countsByAddress(String text) {
        Map<InetAddress, Integer> counts = new HashMap<>();
        for (String part : text.split(",")) {
            int colon = part.lastIndexOf(':');
            if (colon > 0) {
                InetAddress address = NetUtil.createInetAddressFromIpAddressString(
                        part.substring(0, colon).trim().replaceAll("[\\[\\]]", ""));
                counts.put(
                        address == null ? InetAddress.getLoopbackAddress() : address,
                        Integer.valueOf(part.substring(colon + 1).trim()));
            }
        }
        return counts;
    }

    private static int ifSet(ServerConfig config, ConfigKey<Integer> key) {
        return config.values().containsKey(key.name()) ? config.broker().get(key) : SYSTEM_DEFAULT;
    }
}
