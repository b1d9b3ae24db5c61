package io.daybook.cli.client;

import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;

/**
 * Where a broker listens.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
    private static final int DEFAULT_PORT = 9092;

    /**
     * Parses {@code host}, {@code host:port}, {@code [v6]:port}, each with or without {@code PLAINTEXT://} before it.
     *
     * @throws CommandException if the text is none of these
     */
    public static Endpoint parse(String text) {
        String rest = text.startsWith("PLAINTEXT://") ? text.substring("PLAINTEXT://".length()) : text;
        int colon = rest.lastIndexOf(':');
        boolean hasPort =
                colon >= 0 && rest.indexOf(']') < colon && (rest.indexOf(':') == colon || rest.startsWith("["));
        String host = hasPort ? rest.substring(0, colon) : rest;
        int port = hasPort ? portOf(rest.substring(colon + 1), text) : DEFAULT_PORT;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isEmpty()) {
            throw notAnEndpoint(text);
        }
        return new Endpoint(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private static int portOf(String digits, String text) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException ignored) {
            // not a number: the same message as for a number out of range
        }
        throw notAnEndpoint(text);
    }

    private static CommandException notAnEndpoint(String text) {
        return new CommandException(
                ExitCode.USAGE,
                "'" + text + "' is not an address of a broker",
                "use HOST:PORT, for example localhost:9092");
    }
}
