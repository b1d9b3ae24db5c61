package io.daybook.server.net;

/**
 * The bounds of the network layer.
 *
 * @param maxFrameBytes a longer request closes its connection ({@code socket.request.max.bytes})
 * @param requestMemoryBytes all requests in flight together; at least {@code maxFrameBytes}
 * @param maxRequestsPerConnection a connection with this many unanswered requests is not read
 * @param maxIdleMs a connection without traffic is closed after this time ({@code connections.max.idle.ms})
 * @param connections how many connections there may be, to begin with
 * @param sockets what the system is told about sockets, and what it says
 */
public record NetSettings(
        int maxFrameBytes,
        long requestMemoryBytes,
        int maxRequestsPerConnection,
        long maxIdleMs,
        ConnectionLimits connections,
        SocketSettings sockets) {
    /** Kafka's defaults, and ours where Kafka has none. */
    public static final NetSettings DEFAULTS =
            new NetSettings(16 << 20, 64L << 20, 64, 600_000, ConnectionLimits.NONE, SocketSettings.DEFAULTS);

    /**
     * What the system is told about sockets, and what it says.
     *
     * @param backlog connections that are kept until they are accepted ({@code socket.listen.backlog.size})
     * @param sendBufferBytes {@code SO_SNDBUF}; -1 leaves it to the system
     * @param receiveBufferBytes {@code SO_RCVBUF}; -1 leaves it to the system
     * @param openFileLimit files and sockets together that this process may open
     */
    public record SocketSettings(int backlog, int sendBufferBytes, int receiveBufferBytes, int openFileLimit) {
        /** The system knows best. */
        public static final SocketSettings DEFAULTS = new SocketSettings(50, -1, -1, Integer.MAX_VALUE);
    }

    public NetSettings {
        if (maxFrameBytes < 1 || requestMemoryBytes < maxFrameBytes) {
            throw new IllegalArgumentException("a request may have " + maxFrameBytes
                    + " bytes, but all requests together only " + requestMemoryBytes);
        }
        if (maxRequestsPerConnection < 1 || maxIdleMs < 1) {
            throw new IllegalArgumentException("a bound is below 1");
        }
    }
}
