package io.daybook.server;

import io.daybook.broker.topic.NewTopic;
import io.daybook.broker.topic.TopicOutcome;
import io.daybook.runtime.Disk;
import io.daybook.runtime.FileSystemDisk;
import io.daybook.runtime.MemoryDisk;
import io.daybook.server.bootstrap.DaybookServer;
import io.daybook.server.bootstrap.Outcome;
import io.daybook.server.bootstrap.ServerPlatform;
import io.daybook.server.config.ConfigSources;
import io.daybook.server.config.ServerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A broker inside this program, on a free port of the loopback interface: for tests, beside any version of kafka-clients.
 * There may be several at a time. Nothing of the process is changed: no logging is set up, no exit is called, and the
 * threads do not keep the process alive. Its methods block and may be called by any thread.
 *
 * <pre>{@code
 * try (EmbeddedDaybook daybook = EmbeddedDaybook.start()) {
 *     properties.put("bootstrap.servers", daybook.bootstrapServers());
 *     ...
 * }
 * }</pre>
 */
public final class EmbeddedDaybook implements AutoCloseable {
    private static final long START_TIMEOUT_MS = 60_000;
    private static final long STOP_TIMEOUT_MS = 60_000;
    private static final long TOPIC_TIMEOUT_MS = 30_000;

    private final DaybookServer server;

    /**
     * How to start.
     *
     * @param directory where the data is; empty to keep it in memory until the server is closed
     * @param port the port; 0 for a free one
     * @param settings configuration by Kafka's names
     */
    public record Options(Optional<Path> directory, int port, Map<String, String> settings) {
        /** Copies. */
        public Options {
            settings = Map.copyOf(settings);
        }

        /** Data in memory, a free port, and groups that do not wait for more members. */
        public static Options inMemory() {
            return new Options(Optional.empty(), 0, Map.of("group.initial.rebalance.delay.ms", "0"));
        }

        /** The same with data in a directory, which the next start finds again. */
        public static Options onDisk(Path directory) {
            return new Options(Optional.of(directory), 0, inMemory().settings());
        }

        /** The same on a certain port. */
        public Options onPort(int newPort) {
            return new Options(directory, newPort, settings);
        }

        /** The same with one setting more. */
        public Options with(String key, String value) {
            Map<String, String> more = new HashMap<>(settings);
            more.put(key, value);
            return new Options(directory, port, more);
        }
    }

    private EmbeddedDaybook(DaybookServer server) {
        this.server = server;
    }

    /** Starts a broker with its data in memory. */
    public static EmbeddedDaybook start() {
        return start(Options.inMemory());
    }

    /**
     * Starts a broker; it serves when this returns.
     *
     * @throws io.daybook.server.config.ConfigurationException if a setting is wrong
     * @throws io.daybook.server.bootstrap.StartException if it cannot start
     */
    public static EmbeddedDaybook start(Options options) {
        String where = "EmbeddedDaybook";
        Path directory = options.directory().orElse(Path.of("/daybook"));
        ConfigSources sources = new ConfigSources()
                .flag(where, "listeners", "PLAINTEXT://127.0.0.1:" + options.port())
                .flag(where, "log.dirs", directory.toString());
        options.settings().forEach((key, value) -> sources.flag(where, key, value));
        Disk disk = options.directory().isPresent() ? new FileSystemDisk() : new MemoryDisk();
        return new EmbeddedDaybook(Outcome.of(
                DaybookServer.start(ServerConfig.of(sources), ServerPlatform.embedded(disk)),
                START_TIMEOUT_MS,
                "the start"));
    }

    /** For {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return server.listeners().get(0).toString();
    }

    /** The port of {@link #bootstrapServers()}. */
    public int port() {
        return server.listeners().get(0).port();
    }

    /**
     * Creates a topic.
     *
     * @throws IllegalArgumentException if the broker refuses, with its reason
     */
    public void createTopic(String name, int partitionCount) {
        createTopic(name, partitionCount, Map.of());
    }

    /**
     * Creates a topic with a configuration of its own.
     *
     * @throws IllegalArgumentException if the broker refuses, with its reason
     */
    public void createTopic(String name, int partitionCount, Map<String, String> configs) {
        Map<String, Optional<String>> values = new HashMap<>();
        configs.forEach((key, value) -> values.put(key, Optional.of(value)));
        NewTopic topic = new NewTopic(name, partitionCount, NewTopic.DEFAULT, List.of(), values);
        TopicOutcome outcome = Outcome.of(
                        server.broker().topics().create(List.of(topic), false),
                        TOPIC_TIMEOUT_MS,
                        "creating topic " + name)
                .get(0);
        if (!outcome.code().isNone()) {
            throw new IllegalArgumentException("topic " + name + ": " + outcome.code() + ": " + outcome.message());
        }
    }

    /** Stops the broker in order. Data in memory is gone afterwards. */
    @Override
    public void close() {
        Outcome.of(server.close(), STOP_TIMEOUT_MS, "the stop");
    }
}
