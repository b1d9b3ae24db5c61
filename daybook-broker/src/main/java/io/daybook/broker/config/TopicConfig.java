package io.daybook.broker.config;

import java.util.Map;
import java.util.Optional;

/**
 * What holds for a topic: its own configuration, else the broker's under the synonyms that Kafka defines, else the
 * default. Immutable.
 */
public final class TopicConfig {
    private final EffectiveValues values;

    TopicConfig(BrokerConfig broker, Map<String, String> overrides) {
        this.values = new EffectiveValues(TopicConfigKeys.ALL, broker, overrides);
    }

    /** The value that holds for this topic. */
    public <T> T get(ConfigKey<T> key) {
        return values.get(key);
    }

    Optional<String> text(ConfigKey<?> key) {
        return values.text(key);
    }
}
