package io.daybook.broker.config;

import java.util.Map;
import java.util.Optional;

/** What holds for a group: its own configuration, else the broker's, else the default. Immutable. */
public final class GroupConfig {
    private final EffectiveValues values;

    GroupConfig(BrokerConfig broker, Map<String, String> overrides) {
        this.values = new EffectiveValues(GroupConfigKeys.ALL, broker, overrides);
    }

    /** The value that holds for this group. */
    public <T> T get(ConfigKey<T> key) {
        return values.get(key);
    }

    Optional<String> text(ConfigKey<?> key) {
        return values.text(key);
    }
}
