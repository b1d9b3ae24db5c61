package io.daybook.server.bootstrap;

/**
 * A listener that is open.
 *
 * @param name its name
 * @param host as configured; empty for all interfaces
 * @param port the port it really has
 */
public record BoundListener(String name, String host, int port) {
    /** For people, and for clients on this machine. */
    @Override
    public String toString() {
        String shown = host.isEmpty() ? "localhost" : host;
        return shown.indexOf(':') < 0 ? shown + ":" + port : "[" + shown + "]:" + port;
    }
}
