package io.daybook.broker.config;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a value must fulfil beyond its type. A complaint says in Kafka's words what is wrong. */
@FunctionalInterface
public interface ConfigRule {
    /** Everything is fine. */
    ConfigRule NONE = value -> Optional.empty();

    /** What is wrong with the value; empty if nothing is. */
    Optional<String> complaint(Object value);

    /** A number not less than this. */
    static ConfigRule atLeast(Number least) {
        return value ->
                number(value) < least.doubleValue() ? Optional.of("Value must be at least " + least) : Optional.empty();
    }

    /** A number not less than the first and not more than the second. */
    static ConfigRule between(Number least, Number most) {
        return value -> {
            if (number(value) > most.doubleValue()) {
                return Optional.of("Value must be no more than " + most);
            }
            return atLeast(least).complaint(value);
        };
    }

    /** This number, or one that fulfils the rule. */
    static ConfigRule orElse(Number exempt, ConfigRule rule) {
        return value -> number(value) == exempt.doubleValue() ? Optional.empty() : rule.complaint(value);
    }

    /** One of these words. */
    static ConfigRule oneOf(String... words) {
        return value -> List.of(words).contains(value)
                ? Optional.empty()
                : Optional.of("String must be one of: " + String.join(", ", words));
    }

    /** One of these words, in capitals or not. */
    static ConfigRule oneOfIgnoringCase(String... words) {
        return value -> List.of(words).contains(value.toString().toUpperCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of("String must be one of (case insensitive): " + String.join(", ", words));
    }

    /** A list of these words, each at most once. */
    static ConfigRule listOf(String... words) {
        return value -> {
            Set<Object> seen = new HashSet<>();
            for (Object part : (List<?>) value) {
                if (!List.of(words).contains(part)) {
                    return Optional.of("String must be one of: " + String.join(", ", words));
                }
                if (!seen.add(part)) {
                    return Optional.of("Duplicate value '" + part + "'");
                }
            }
            return Optional.empty();
        };
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
