package io.daybook.server.config;

/**
 * Where a value came from.
 *
 * @param kind the kind of source; a later constant wins over an earlier one
 * @param place where exactly, for people: {@code server.properties:12}, {@code KAFKA_LOG_DIRS}, {@code --listen}
 */
public record ConfigOrigin(Kind kind, String place) {
    /** Nobody said anything. */
    public static final ConfigOrigin DEFAULT = new ConfigOrigin(Kind.DEFAULT, "default");

    /** The sources by rising precedence. */
    public enum Kind {
        DEFAULT,
        FILE,
        ENVIRONMENT,
        FLAG
    }
}
