package io.daybook.broker.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The types of configuration values, with the numbers that DescribeConfigs uses for them. */
public enum ConfigType {
    BOOLEAN(1),
    STRING(2),
    INT(3),
    SHORT(4),
    LONG(5),
    DOUBLE(6),
    LIST(7),
    CLASS(8),
    PASSWORD(9);

    private final byte id;

    ConfigType(int id) {
        this.id = (byte) id;
    }

    /** The number on the wire. */
    public byte id() {
        return id;
    }

    /** The value that a text stands for; empty if it is not of this type. Blanks around it do not count. */
    Optional<Object> parse(String text) {
        String trimmed = text.trim();
        try {
            return switch (this) {
                case BOOLEAN -> parseBoolean(trimmed);
                case STRING, CLASS, PASSWORD -> Optional.of(trimmed);
                case INT -> Optional.of(Integer.valueOf(trimmed));
                case SHORT -> Optional.of(Short.valueOf(trimmed));
                case LONG -> Optional.of(Long.valueOf(trimmed));
                case DOUBLE -> Optional.of(Double.valueOf(trimmed));
                case LIST -> Optional.of(parseList(trimmed));
            };
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with a text that does not parse, in Kafka's words. */
    String complaint() {
        return switch (this) {
            case BOOLEAN -> "Expected value to be either true or false";
            case INT, SHORT, LONG, DOUBLE -> "Not a number of type " + name();
            case STRING, LIST, CLASS, PASSWORD -> "Not a value of type " + name();
        };
    }

    private static Optional<Object> parseBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(Boolean.TRUE);
            case "false" -> Optional.of(Boolean.FALSE);
            default -> Optional.empty();
        };
    }

    static List<String> parseList(String text) {
        List<String> parts = new ArrayList<>();
        if (!text.isBlank()) {
            for (String part : text.split(",", -1)) {
                parts.add(part.trim());
            }
        }
        return List.copyOf(parts);
    }

    /** The text that {@link #parse} turns into this value again. */
    static String format(Object value) {
        if (value instanceof List<?>) {
            StringBuilder text = new StringBuilder();
            for (Object part : (List<?>) value) {
                text.append(text.length() == 0 ? "" : ",").append(part);
            }
            return text.toString();
        }
        return value.toString();
    }
}
