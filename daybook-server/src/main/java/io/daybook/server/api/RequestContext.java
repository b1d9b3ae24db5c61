package io.daybook.server.api;

import java.net.InetSocketAddress;

/**
 * Who asks, from where, and in which version.
 *
 * @param connection the connection that the request came by
 * @param version the version of the API that the request speaks and the response will speak
 * @param correlationId the client's number of the request
 * @param clientId the client's name for itself; empty where it has none
 * @param receivedNanos when the whole request was there, on the ticker's monotonic clock
 */
public record RequestContext(
        ConnectionContext connection, short version, int correlationId, String clientId, long receivedNanos) {

    /** See {@link ConnectionContext#connectionId()}. */
    public String connectionId() {
        return connection.connectionId();
    }

    /** See {@link ConnectionContext#listener()}. */
    public String listener() {
        return connection.listener();
    }

    /** See {@link ConnectionContext#clientAddress()}. */
    public InetSocketAddress clientAddress() {
        return connection.clientAddress();
    }

    /** See {@link ConnectionContext#localAddress()}. */
    public InetSocketAddress localAddress() {
        return connection.localAddress();
    }

    /** See {@link ConnectionContext#principal()}. */
    public Principal principal() {
        return connection.principal();
    }
}
