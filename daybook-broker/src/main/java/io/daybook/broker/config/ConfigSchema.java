package io.daybook.broker.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that one kind of thing can be configured with. Filled while its class is initialised, then immutable. */
public final class ConfigSchema {
    private final Map<String, ConfigKey<?>> keysByName = new LinkedHashMap<>();
    private final Set<String> unlisted = new HashSet<>();

    ConfigSchema() {}

    /** All keys, in no order that means something. */
    public Collection<ConfigKey<?>> keys() {
        return Collections.unmodifiableCollection(keysByName.values());
    }

    /** The key of this name. */
    public Optional<ConfigKey<?>> find(String name) {
        return Optional.ofNullable(keysByName.get(name));
    }

    /** Whether a description names the key even if it is not configured. What Kafka removed, or hides, is not named. */
    boolean isListed(ConfigKey<?> key) {
        return !unlisted.contains(key.name());
    }

    /** The known name that looks most like an unknown one; empty if none is near enough to be meant. */
    public Optional<String> nearest(String unknownName) {
        return NearestName.among(keysByName.keySet(), unknownName);
    }

    /** What is wrong with these values: unknown names, wrong types, broken rules. */
    public List<ConfigProblem> problems(Map<String, String> values) {
        List<ConfigProblem> problems = new ArrayList<>();
        values.forEach((name, text) -> {
            ConfigKey<?> key = keysByName.get(name);
            if (key == null) {
                problems.add(new ConfigProblem(name, "Unknown configuration " + name + hint(name)));
            } else {
                key.problem(text).ifPresent(message -> problems.add(new ConfigProblem(name, message)));
            }
        });
        return problems;
    }

    private String hint(String unknownName) {
        return nearest(unknownName).map(name -> "; did you mean " + name + "?").orElse("");
    }

    ConfigKey<Boolean> bool(String name, boolean defaultValue, ConfigScope scope, String documentation) {
        return add(
                new ConfigKey<>(name, ConfigType.BOOLEAN, defaultValue, ConfigRule.NONE, scope, true, documentation));
    }

    ConfigKey<Integer> integer(
            String name, @Nullable Integer defaultValue, ConfigRule rule, ConfigScope scope, String documentation) {
        return add(new ConfigKey<>(name, ConfigType.INT, defaultValue, rule, scope, true, documentation));
    }

    ConfigKey<Short> shortInteger(
            String name, int defaultValue, ConfigRule rule, ConfigScope scope, String documentation) {
        return add(new ConfigKey<>(name, ConfigType.SHORT, (short) defaultValue, rule, scope, true, documentation));
    }

    ConfigKey<Long> longInteger(
            String name, @Nullable Long defaultValue, ConfigRule rule, ConfigScope scope, String documentation) {
        return add(new ConfigKey<>(name, ConfigType.LONG, defaultValue, rule, scope, true, documentation));
    }

    ConfigKey<Double> decimal(
            String name, double defaultValue, ConfigRule rule, ConfigScope scope, String documentation) {
        return add(new ConfigKey<>(name, ConfigType.DOUBLE, defaultValue, rule, scope, true, documentation));
    }

    ConfigKey<String> string(
            String name, @Nullable String defaultValue, ConfigRule rule, ConfigScope scope, String documentation) {
        return add(new ConfigKey<>(name, ConfigType.STRING, defaultValue, rule, scope, true, documentation));
    }

    ConfigKey<List<String>> list(
            String name, @Nullable String defaultValue, ConfigRule rule, ConfigScope scope, String documentation) {
        List<String> parsed = defaultValue == null ? null : ConfigType.parseList(defaultValue);
        return add(new ConfigKey<>(name, ConfigType.LIST, parsed, rule, scope, true, documentation));
    }

    /** A key that Kafka knows and that changes nothing here; it is read, checked and described all the same. */
    void ineffective(String name, ConfigType type, @Nullable String defaultText, ConfigRule rule, ConfigScope scope) {
        Object value = defaultText == null ? null : type.parse(defaultText).orElseThrow();
        String documentation = "Known from Kafka; without effect here.";
        add(new ConfigKey<>(name, type, value, rule, scope, false, documentation));
    }

    /** Leaves a key out of descriptions unless it is configured. */
    void unlist(String name) {
        unlisted.add(name);
    }

    private <T> ConfigKey<T> add(ConfigKey<T> key) {
        if (keysByName.put(key.name(), key) != null) {
            throw new IllegalStateException(key + " is there twice");
        }
        return key;
    }
}
