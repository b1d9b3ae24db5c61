package io.daybook.cli.client;

import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The client's settings, under the names that Kafka's clients use.
 *
 * @param bootstrapServers where to begin; at least one
 * @param clientId what the broker's logs call this client
 * @param requestTimeoutMs how long one answer may take
 * @param all every setting that was given, for those who need more
 */
public record ClientConfig(
        List<Endpoint> bootstrapServers, String clientId, int requestTimeoutMs, Map<String, String> all) {
    /** The key for where to begin. */
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

    private static final String DEFAULT_BOOTSTRAP = "localhost:9092";

    /** Makes the collections unmodifiable. */
    public ClientConfig {
        bootstrapServers = List.copyOf(bootstrapServers);
        all = Map.copyOf(all);
    }

    /**
     * Puts the settings together.
     *
     * @param file a properties file, or null
     * @param overrides what the command line says; wins over the file
     * @throws CommandException if the file cannot be read or a value cannot be used
     */
    public static ClientConfig load(@Nullable String file, Map<String, String> overrides) {
        Map<String, String> all = new TreeMap<>();
        if (file != null) {
            readFile(Path.of(file)).forEach((key, value) -> all.put(key.toString(), value.toString()));
        }
        all.putAll(overrides);
        String protocol = all.getOrDefault("security.protocol", "PLAINTEXT");
        if (!protocol.equals("PLAINTEXT")) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "security.protocol=" + protocol + " is not supported by this command yet",
                    "use PLAINTEXT, or Kafka's own tools");
        }
        String environment = System.getenv("DAYBOOK_BOOTSTRAP_SERVER");
        String bootstrap = all.getOrDefault(BOOTSTRAP_SERVERS, environment == null ? DEFAULT_BOOTSTRAP : environment);
        List<Endpoint> endpoints = new ArrayList<>();
        for (String each : bootstrap.split(",")) {
            endpoints.add(Endpoint.parse(each.strip()));
        }
        return new ClientConfig(
                endpoints,
                all.getOrDefault("client.id", "daybook-cli"),
                positiveInt(all, "request.timeout.ms", 30_000),
                all);
    }

    /** A setting that must be a whole number above 0. */
    public static int positiveInt(Map<String, String> settings, String key, int otherwise) {
        String text = settings.get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.strip());
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException ignored) {
            // falls through to the one message for all that is not a positive number
        }
        throw new CommandException(ExitCode.USAGE, key + "=" + text + " is not a whole number above 0");
    }

    private static Properties readFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new CommandException(ExitCode.NOT_FOUND, "the file " + file + " of --command-config does not exist");
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, "the file " + file + " of --command-config cannot be read: " + e.getMessage());
        }
        return properties;
    }
}
