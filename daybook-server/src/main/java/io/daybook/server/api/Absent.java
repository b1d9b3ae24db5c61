package io.daybook.server.api;

import org.jspecify.annotations.Nullable;

/** An absent name is null in Kafka's messages and the empty string in the broker. */
final class Absent {
    private Absent() {}

    static @Nullable String nullIfEmpty(String name) {
        return name.isEmpty() ? null : name;
    }

    static String emptyIfNull(@Nullable String name) {
        return name == null ? "" : name;
    }
}
