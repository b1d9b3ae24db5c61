package io.daybook.broker.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One configuration: its name, type, default, rule and where it may be changed. Immutable.
 *
 * @param <T> the Java type of its value
 */
public final class ConfigKey<T> {
    private final String name;
    private final ConfigType type;
    private final @Nullable T defaultValue;
    private final ConfigRule rule;
    private final ConfigScope scope;
    private final boolean effective;
    private final String documentation;

    ConfigKey(
            String name,
            ConfigType type,
            @Nullable T defaultValue,
            ConfigRule rule,
            ConfigScope scope,
            boolean effective,
            String documentation) {
        this.name = name;
        this.type = type;
        this.defaultValue = defaultValue;
        this.rule = rule;
        this.scope = scope;
        this.effective = effective;
        this.documentation = documentation;
    }

    /** The name in files, requests and answers. */
    public String name() {
        return name;
    }

    /** The type of its values. */
    public ConfigType type() {
        return type;
    }

    /** What holds where nothing is configured; empty if that means "none". */
    public Optional<T> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** The default as text. */
    public Optional<String> defaultText() {
        return defaultValue().map(ConfigType::format);
    }

    /** Where it may be changed while the broker runs. */
    public ConfigScope scope() {
        return scope;
    }

    /** Whether it changes anything here; Kafka has keys for things that are not there in Daybook. */
    public boolean isEffective() {
        return effective;
    }

    /** Whether the value is a secret, never to be shown. */
    public boolean isSensitive() {
        return type == ConfigType.PASSWORD;
    }

    /** What it does, in a sentence or two. */
    public String documentation() {
        return documentation;
    }

    /** What is wrong with a text as a value of this key, in Kafka's words; empty if nothing is. */
    public Optional<String> problem(String text) {
        Optional<Object> value = type.parse(text);
        Optional<String> complaint = value.isPresent() ? rule.complaint(value.get()) : Optional.of(type.complaint());
        String shown = isSensitive() ? "[hidden]" : culprit(value, text);
        return complaint.map(each -> "Invalid value " + shown + " for configuration " + name + ": " + each);
    }

    /** The first part of a list that is wrong on its own, else the whole. */
    private String culprit(Optional<Object> value, String text) {
        if (value.isPresent() && value.get() instanceof List<?> parts) {
            for (Object part : parts) {
                if (rule.complaint(List.of(part)).isPresent()) {
                    return part.toString();
                }
            }
        }
        return text;
    }

    /**
     * The value that a text stands for.
     *
     * @throws IllegalArgumentException if {@link #problem} has something to say
     */
    @SuppressWarnings("unchecked") // the factories pair the type with its Java type
    public T parse(String text) {
        problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return (T) type.parse(text).orElseThrow();
    }

    /** The text that {@link #parse} turns into this value again. */
    public static String format(Object value) {
        return ConfigType.format(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
