package io.daybook.broker.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /** A number in these bounds, or this one. */
    static ConfigRule betweenOr(Number least, Number most, Number exempt) {
        return value -> {
            double number = number(value);
            boolean isAllowed =
                    number == exempt.doubleValue() || number >= least.doubleValue() && number <= most.doubleValue();
            return isAllowed
                    ? Optional.empty()
                    : Optional.of("Value must be between " + least + " and " + most + " or equal to " + exempt);
        };
    }

    /** Any number but 0: a time, or "for ever". */
    static ConfigRule notZero() {
        return value -> number(value) == 0
                ? Optional.of("Value must be unlimited (-1) or, greater than or equal to 1")
                : Optional.empty();
    }

    /** {@code *}, or a list of {@code partition:broker}. */
    static ConfigRule replicas() {
        return value -> {
            List<?> parts = (List<?>) value;
            boolean isAllowed = parts.equals(List.of("*"))
                    || parts.stream().allMatch(part -> part.toString().matches("[0-9]+:[0-9]+"));
            return isAllowed
                    ? Optional.empty()
                    : Optional.of("Value must be the literal '*' or a list of replicas in the following format: "
                            + "[partitionId]:[brokerId],[partitionId]:[brokerId],...");
        };
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

    /** A list of these words. */
    static ConfigRule listOf(String... words) {
        return value -> List.of(words).containsAll((List<?>) value)
                ? Optional.empty()
                : Optional.of("String must be one of: " + String.join(", ", words));
    }

    /** A list of {@code address:count}; names of hosts would have to be looked up, and are refused. */
    static ConfigRule countsByAddress() {
        return value -> {
            for (String part : value.toString().split(",")) {
                boolean isAllowed = part.isBlank()
                        || part.trim()
                                .matches(
                                        "(localhost|[0-9]+(\\.[0-9]+){3}|\\[?[0-9a-fA-F:]*:[0-9a-fA-F:.]*\\]?):[0-9]{1,9}");
                if (!isAllowed) {
                    return Optional.of("Value must be a list of address:count, where " + part.trim() + " is none");
                }
            }
            return Optional.empty();
        };
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
