package io.daybook.server.api;

/**
 * A host and port that clients can connect to.
 *
 * @param host a name or an address, without brackets
 * @param port from 1 to 65535
 */
public record Endpoint(String host, int port) {
    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
