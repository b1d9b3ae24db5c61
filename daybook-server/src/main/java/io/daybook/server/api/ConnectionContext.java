package io.daybook.server.api;

import java.net.InetSocketAddress;

/**
 * What a handler may know about the connection of a request.
 *
 * @param connectionId unique among the connections of this process; for logs
 * @param listener the name of the listener that accepted it, as {@code listeners} has it
 * @param clientAddress the other end
 * @param localAddress the address and port that the client connected to
 * @param principal who the client is
 */
public record ConnectionContext(
        String connectionId,
        String listener,
        InetSocketAddress clientAddress,
        InetSocketAddress localAddress,
        Principal principal) {}
