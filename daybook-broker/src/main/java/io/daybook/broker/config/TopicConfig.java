package io.daybook.broker.config;

import java.util.HashMap;
import java.util.Map;

/**
 * What holds for a topic: its own configuration, else the broker's under the synonyms that Kafka defines, else the
 * default. Immutable.
 */
public final class TopicConfig {
    private final Map<String, Object> values = new HashMap<>();

    TopicConfig(BrokerConfig broker, Map<String, String> overrides) {
        for (ConfigKey<?> key : TopicConfigKeys.ALL.keys()) {
            String override = overrides.get(key.name());
            if (override != null) {
                values.put(key.name(), key.parse(override));
            } else {
                TopicSynonym.of(key.name()).stream()
                        .flatMap(synonym -> synonym.value(broker).stream())
                        .findFirst()
                        .or(key::defaultText)
                        .ifPresent(text -> values.put(key.name(), key.parse(text)));
            }
        }
    }

    /** The value that holds for this topic. */
    @SuppressWarnings("unchecked") // values are parsed by their keys
    public <T> T get(ConfigKey<T> key) {
        Object value = values.get(key.name());
        if (value == null) {
            throw new IllegalArgumentException(key + " is not a key of topics");
        }
        return (T) value;
    }
}
