package io.daybook.server.bootstrap;

import io.daybook.runtime.ProcessAge;
import io.daybook.server.config.ConfigSources;
import io.daybook.server.config.ConfigurationException;
import io.daybook.server.config.ServerConfig;
import io.daybook.server.logging.LineLogging;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code daybook server}: reads flags, environment and file, starts the server, says so in one line, and waits. Parsed by
 * hand, because a command-line library costs more time than the rest of a start.
 */
public final class ServerCommandLine {
    /** What {@code --help} prints. */
    public static final String USAGE = """
            Usage: daybook server [--config FILE] [--data DIR] [--listen HOST:PORT] [--set KEY=VALUE]...

            Runs a broker in the foreground. It is ready when it says so; SIGTERM stops it in order.

              --config FILE       Kafka's server.properties, read unchanged
              --data DIR          where the data is (log.dirs); default ./daybook-data
              --listen HOST:PORT  where clients are awaited (listeners); default localhost:9092, port 0 takes a free one
              --set KEY=VALUE     any configuration; may be there more than once
              -h, --help          this text

            The environment is read as Apache's image does it: KAFKA_LOG_DIRS is log.dirs. A flag goes before the
            environment, the environment before the file. daybook config explain shows where each value came from.
            """;

    private static final int EXIT_OK = 0;
    private static final int EXIT_FAILURE = 1;
    private static final int EXIT_USAGE = 2;
    private static final long START_TIMEOUT_MS = 600_000;

    private final PrintStream out;
    private final PrintStream err;

    private ServerCommandLine(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * The entry of a process that is a server: the other commands and their library are not even looked at.
     *
     * @param arguments those behind {@code server}
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out, System.err));
    }

    /**
     * Runs until the server stops.
     *
     * @param arguments those behind {@code server}
     * @return the exit code of the process
     */
    public static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        LineLogging.install();
        startNettyFast();
        nameTheSelector();
        ServerCommandLine command = new ServerCommandLine(out, err);
        for (String argument : arguments) {
            if (argument.equals("--help") || argument.equals("-h")) {
                out.print(USAGE);
                out.flush();
                return EXIT_OK;
            }
        }
        try {
            return command.serve(ServerConfig.of(sources(arguments, environment)));
        } catch (UsageException e) {
            command.complain(String.valueOf(e.getMessage()));
            err.println("  try: daybook server --help");
            return EXIT_USAGE;
        } catch (ConfigurationException e) {
            e.problems().forEach(command::complain);
            return EXIT_FAILURE;
        } catch (StartException e) {
            command.complain(String.valueOf(e.getMessage()));
            LoggerFactory.getLogger(ServerCommandLine.class).debug("the start failed", e);
            return EXIT_FAILURE;
        }
    }

    /**
     * Collects what flags, environment and file say, without checking it.
     *
     * @throws StartException if the file cannot be read
     */
    public static ConfigSources sources(String[] arguments, Map<String, String> environment) {
        ConfigSources sources = new ConfigSources();
        for (int i = 0; i < arguments.length; i++) {
            String flag = arguments[i];
            int equals = flag.startsWith("--") ? flag.indexOf('=') : -1;
            String name = equals < 0 ? flag : flag.substring(0, equals);
            if (!isFlag(name)) {
                throw new UsageException("unknown argument " + flag);
            }
            if (equals < 0 && i + 1 == arguments.length) {
                throw new UsageException(flag + " needs a value");
            }
            String value = equals < 0 ? arguments[++i] : flag.substring(equals + 1);
            add(name, value, sources);
        }
        return sources.environment(environment);
    }

    /** What Netty looks up for names that nobody reads, and its flight recorder events, would be a tenth of the start. */
    private static void startNettyFast() {
        setUnlessSet("io.netty.allocator.type", "pooled");
        setUnlessSet("io.netty.jfr.enabled", "false");
        setUnlessSet("io.netty.machineId", "02:00:00:00:00:00:00:01");
        setUnlessSet("io.netty.processId", "1");
    }

    /** Names what the JDK takes on Linux anyhow; to find that out, it would open every jar of the class path. */
    private static void nameTheSelector() {
        if (System.getProperty("os.name", "").equals("Linux")) {
            setUnlessSet("java.nio.channels.spi.SelectorProvider", "sun.nio.ch.EPollSelectorProvider");
        }
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static boolean isFlag(String name) {
        return name.equals("--config") || name.equals("--data") || name.equals("--listen") || name.equals("--set");
    }

    private static void add(String name, String value, ConfigSources sources) {
        switch (name) {
            case "--config" -> sources.file(value, contents(Path.of(value)));
            case "--data" -> sources.flag(name, "log.dirs", value);
            case "--listen" -> {
                if (value.indexOf(':') < 0) {
                    throw new UsageException("--listen " + value + " has no port; write --listen " + value + ":9092");
                }
                sources.flag(name, "listeners", "PLAINTEXT://" + value);
            }
            default -> {
                int equals = value.indexOf('=');
                if (equals < 1) {
                    throw new UsageException("--set " + value + " is not KEY=VALUE");
                }
                sources.flag(
                        name,
                        value.substring(0, equals).trim(),
                        value.substring(equals + 1).trim());
            }
        }
    }

    /** Kafka reads its files as Latin-1, as all property files are read. */
    private static String contents(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new StartException("there is no configuration file " + file.toAbsolutePath(), e);
        } catch (IOException e) {
            throw new StartException("cannot read the configuration file " + file.toAbsolutePath() + ": " + e, e);
        }
    }

    private int serve(ServerConfig config) {
        Logger log = LoggerFactory.getLogger(ServerCommandLine.class);
        config.warnings().forEach(log::warn);
        DaybookServer server =
                Outcome.of(DaybookServer.start(config, ServerPlatform.ofProcess()), START_TIMEOUT_MS, "the start");
        GracefulStop stop = GracefulStop.onSignal(server);
        out.println(
                "daybook " + Version.TEXT + " ready on " + server.listeners().get(0) + " in " + ProcessAge.ms()
                        + " ms (data: " + config.logDirs().get(0) + ")");
        out.flush();
        return stop.await();
    }

    private void complain(String problem) {
        err.println("daybook: " + problem);
    }

    /** The arguments cannot be understood. */
    private static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }
}
