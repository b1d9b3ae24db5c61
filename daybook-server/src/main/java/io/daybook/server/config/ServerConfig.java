package io.daybook.server.config;

import io.daybook.broker.config.BrokerConfig;
import io.daybook.server.api.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A configuration that was checked.
 *
 * @param broker every key that is known
 * @param values what was set, by key, with its origin; what is not here has its default
 * @param listeners where clients are awaited, at least one
 * @param advertised the addresses that clients are told, by listener; clients of other listeners are told the address that
 *     they connected to
 * @param logDirs where the data is, at least one
 * @param warnings what is odd but not wrong, one line for each
 */
public record ServerConfig(
        BrokerConfig broker,
        Map<String, ConfigValue> values,
        List<ListenerConfig> listeners,
        Map<String, Endpoint> advertised,
        List<Path> logDirs,
        List<String> warnings) {
    public ServerConfig {
        values = Map.copyOf(values);
        listeners = List.copyOf(listeners);
        advertised = Map.copyOf(advertised);
        logDirs = List.copyOf(logDirs);
        warnings = List.copyOf(warnings);
    }

    /**
     * Checks what was collected.
     *
     * @throws ConfigurationException with every problem that was found
     */
    public static ServerConfig of(ConfigSources sources) {
        return new ConfigCheck(sources).check();
    }

    /** Where the value of a key came from. */
    public ConfigOrigin originOf(String key) {
        ConfigValue value = values.get(key);
        return value == null ? ConfigOrigin.DEFAULT : value.origin();
    }
}
