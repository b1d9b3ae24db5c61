package io.daybook.server.config;

/**
 * Where clients are awaited.
 *
 * @param name the listener's name, upper case
 * @param host the host as it was written; empty for all interfaces
 * @param port the port; 0 for a free one
 */
public record ListenerConfig(String name, String host, int port) {
    /** Whether only this machine can connect, as far as the text says. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    @Override
    public String toString() {
        return name + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
