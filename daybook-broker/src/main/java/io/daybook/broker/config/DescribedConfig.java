package io.daybook.broker.config;

import java.util.List;
import java.util.Optional;

/**
 * One configuration with its value and where that comes from.
 *
 * @param name the name
 * @param type the type of the value
 * @param value the value that holds; empty if there is none, or if it is a secret
 * @param source where it comes from
 * @param isReadOnly whether it can be changed only by a restart
 * @param isSensitive whether it is a secret
 * @param synonyms everything that is configured for it, the one that counts first
 * @param documentation what it does
 */
public record DescribedConfig(
        String name,
        ConfigType type,
        Optional<String> value,
        ConfigSource source,
        boolean isReadOnly,
        boolean isSensitive,
        List<Synonym> synonyms,
        String documentation) {
    /** Copies. */
    public DescribedConfig {
        synonyms = List.copyOf(synonyms);
    }

    /**
     * One of the places where a value is configured.
     *
     * @param name the name that it has there
     * @param value the value; empty if it is a secret
     * @param source the place
     */
    public record Synonym(String name, Optional<String> value, ConfigSource source) {}
}
