package io.daybook.cli.command;

import io.daybook.cli.Session;
import io.daybook.server.bootstrap.ServerCommandLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code daybook server}, for the help and the completion scripts. When it is the first word, the process's entry point
 * goes to the server directly, because parsing with picocli would take as long as the server's start.
 */
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Run a broker in the foreground.",
        footer = {"", "Example: daybook server --data /var/lib/daybook --listen localhost:9092"})
public final class ServerCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--config", paramLabel = "FILE", description = "Kafka's server.properties, read unchanged.")
    private @Nullable String config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data is (log.dirs). Default: ./daybook-data.")
    private @Nullable String data;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where clients are awaited (listeners). Default: localhost:9092; port 0 takes a free one.")
    private @Nullable String listen;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /** For picocli. */
    public ServerCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        add(arguments, "--config", config);
        add(arguments, "--data", data);
        add(arguments, "--listen", listen);
        settings.forEach((key, value) -> add(arguments, "--set", key + "=" + value));
        return ServerCommandLine.run(arguments.toArray(new String[0]), System.getenv(), session.out(), session.err());
    }

    private static void add(List<String> arguments, String flag, @Nullable String value) {
        if (value != null) {
            arguments.add(flag);
            arguments.add(value);
        }
    }
}
