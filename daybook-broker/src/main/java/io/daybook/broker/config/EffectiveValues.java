package io.daybook.broker.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What holds for a topic or group: its own values, else the broker's under their synonyms, else the defaults. */
final class EffectiveValues {
    private final Map<String, Object> values = new HashMap<>();

    EffectiveValues(ConfigSchema schema, BrokerConfig broker, Map<String, String> overrides) {
        for (ConfigKey<?> key : schema.keys()) {
            String override = overrides.get(key.name());
            Optional<String> text = override != null ? Optional.of(override) : inherited(key, broker);
            text.ifPresent(each -> values.put(key.name(), key.parse(each)));
        }
    }

    private static Optional<String> inherited(ConfigKey<?> key, BrokerConfig broker) {
        for (ConfigFallback synonym : ConfigFallback.of(key.name())) {
            Optional<String> value = synonym.value(broker);
            if (value.isPresent()) {
                return value;
            }
        }
        return key.defaultText();
    }

    @SuppressWarnings("unchecked") // values are parsed by their keys
    <T> T get(ConfigKey<T> key) {
        Object value = values.get(key.name());
        if (value == null) {
            throw new IllegalArgumentException(key + " has no value here");
        }
        return (T) value;
    }

    Optional<String> text(ConfigKey<?> key) {
        return Optional.ofNullable(values.get(key.name())).map(ConfigType::format);
    }
}
