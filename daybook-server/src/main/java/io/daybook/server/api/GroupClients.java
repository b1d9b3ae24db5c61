package io.daybook.server.api;

import io.daybook.broker.group.GroupClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Who sends a request about a group, in the form in which group descriptions show it. */
final class GroupClients {
    private GroupClients() {}

    static GroupClient of(RequestContext context) {
        InetSocketAddress address = context.clientAddress();
        InetAddress resolved = address.getAddress();
        String host = resolved == null ? address.getHostString() : resolved.getHostAddress();
        return new GroupClient(context.clientId(), "/" + host);
    }
}
