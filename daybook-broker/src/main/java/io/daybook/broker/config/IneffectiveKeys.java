package io.daybook.broker.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the table of keys that an existing Kafka's files may contain and that change nothing here. */
final class IneffectiveKeys {
    private static final String TABLE = "ineffective-keys.txt";

    private IneffectiveKeys() {}

    static void addTo(ConfigSchema schema) {
        try (InputStream table = IneffectiveKeys.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException(TABLE + " is missing from the program");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    add(schema, line.split(" ", 5));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + TABLE, e);
        }
    }

    private static void add(ConfigSchema schema, String[] columns) {
        boolean isListed = !columns[1].equals("-");
        if (!isListed) {
            schema.unlist(columns[0]);
        }
        schema.ineffective(
                columns[0],
                ConfigType.valueOf(columns[2]),
                defaultText(columns),
                rule(columns[3]),
                isListed ? ConfigScope.valueOf(columns[1]) : ConfigScope.READ_ONLY);
    }

    private static @Nullable String defaultText(String[] columns) {
        if (columns.length < 5) {
            return null;
        }
        return columns[4].equals("\"\"") ? "" : columns[4];
    }

    private static ConfigRule rule(String text) {
        if (text.equals("-")) {
            return ConfigRule.NONE;
        }
        int dots = text.indexOf("..");
        if (dots < 0) {
            String[] words = text.split("\\|");
            return value -> value instanceof String
                    ? ConfigRule.oneOf(words).complaint(value)
                    : ConfigRule.listOf(words).complaint(value);
        }
        String most = text.substring(dots + 2);
        Number least = number(text.substring(0, dots));
        return most.isEmpty() ? ConfigRule.atLeast(least) : ConfigRule.between(least, number(most));
    }

    private static Number number(String text) {
        return text.contains(".") ? (Number) Double.valueOf(text) : (Number) Long.valueOf(text);
    }
}
