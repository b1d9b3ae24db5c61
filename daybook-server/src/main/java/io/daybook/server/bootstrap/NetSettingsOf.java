package io.daybook.server.bootstrap;

import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.ConfigKey;
import io.daybook.server.config.ServerConfig;
import io.daybook.server.net.NetSettings;
import io.daybook.server.net.Transport;

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
                Math.max(1, broker.get(BrokerConfigKeys.MAX_CONNECTIONS)),
                Math.max(1, broker.get(BrokerConfigKeys.MAX_CONNECTIONS_PER_IP)),
                new NetSettings.SocketSettings(
                        broker.get(BrokerConfigKeys.SOCKET_LISTEN_BACKLOG_SIZE),
                        ifSet(config, BrokerConfigKeys.SOCKET_SEND_BUFFER_BYTES),
                        ifSet(config, BrokerConfigKeys.SOCKET_RECEIVE_BUFFER_BYTES)));
    }

    private static int ifSet(ServerConfig config, ConfigKey<Integer> key) {
        return config.values().containsKey(key.name()) ? config.broker().get(key) : SYSTEM_DEFAULT;
    }
}
