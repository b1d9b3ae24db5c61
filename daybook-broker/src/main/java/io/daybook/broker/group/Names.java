package io.daybook.broker.group;

import org.jspecify.annotations.Nullable;

/** An absent name is null in Kafka's messages and the empty string here. */
final class Names {
    private Names() {}

    static @Nullable String nullIfEmpty(String name) {
        return name.isEmpty() ? null : name;
    }

    static String emptyIfNull(@Nullable String name) {
        return name == null ? "" : name;
    }
}
