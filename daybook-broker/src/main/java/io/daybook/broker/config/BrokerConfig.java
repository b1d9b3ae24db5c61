package io.daybook.broker.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is configured for this broker: what it was started with, and over it what was changed while it runs. Immutable;
 * a change makes a new one.
 */
public final class BrokerConfig {
    /** Nothing configured: every key has its default. */
    public static final BrokerConfig DEFAULTS = of(Map.of());

    private final Map<String, String> staticValues;
    private final Map<String, String> clusterValues;
    private final Map<String, String> brokerValues;
    private final Map<String, Object> values = new HashMap<>();

    private BrokerConfig(
            Map<String, String> staticValues, Map<String, String> clusterValues, Map<String, String> brokerValues) {
        this.staticValues = Map.copyOf(staticValues);
        this.clusterValues = Map.copyOf(clusterValues);
        this.brokerValues = Map.copyOf(brokerValues);
        for (Map<String, String> layer : List.of(this.staticValues, this.clusterValues, this.brokerValues)) {
            layer.forEach((name, text) ->
                    BrokerConfigKeys.ALL.find(name).ifPresent(key -> values.put(name, key.parse(text))));
        }
        int brokerId = get(BrokerConfigKeys.BROKER_ID);
        if (brokerId >= 0) {
            values.putIfAbsent(BrokerConfigKeys.NODE_ID.name(), brokerId);
        }
        // What topics and groups inherit must be right for them too, or nothing could be opened any more.
        topic(Map.of());
        group(Map.of());
    }

    /**
     * The configuration of a broker that was started with these values; keys that are not known are kept and mean nothing.
     *
     * @throws IllegalArgumentException if a known key has a wrong value; see {@link ConfigSchema#problems}
     */
    public static BrokerConfig of(Map<String, String> staticValues) {
        return new BrokerConfig(staticValues, Map.of(), Map.of());
    }

    /** The same start with other changes over it: those for all brokers, and over them those for this one. */
    public BrokerConfig withDynamic(Map<String, String> clusterValues, Map<String, String> brokerValues) {
        return new BrokerConfig(staticValues, clusterValues, brokerValues);
    }

    /**
     * The value of a key that has a default.
     *
     * @throws IllegalArgumentException if there is neither a value nor a default; see {@link #find}
     */
    public <T> T get(ConfigKey<T> key) {
        return find(key).orElseThrow(() -> new IllegalArgumentException(key + " has no value"));
    }

    /** The value of a key; empty if there is neither a value nor a default. */
    @SuppressWarnings("unchecked") // values are parsed by their keys
    public <T> Optional<T> find(ConfigKey<T> key) {
        Object value = values.get(key.name());
        return value == null ? key.defaultValue() : Optional.of((T) value);
    }

    /** What it was started with, as text. */
    public Map<String, String> staticValues() {
        return staticValues;
    }

    /** What was changed for all brokers, as text. */
    public Map<String, String> clusterValues() {
        return clusterValues;
    }

    /** What was changed for this broker, as text. */
    public Map<String, String> brokerValues() {
        return brokerValues;
    }

    /** What holds for a topic with this configuration of its own. */
    public TopicConfig topic(Map<String, String> overrides) {
        return new TopicConfig(this, overrides);
    }

    /** What holds for a group with this configuration of its own. */
    public GroupConfig group(Map<String, String> overrides) {
        return new GroupConfig(this, overrides);
    }
}
