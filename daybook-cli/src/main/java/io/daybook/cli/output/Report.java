package io.daybook.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of named values, in the order they were added. Values are strings, numbers, booleans, lists and maps of those, or
 * nothing. The columns' names are the keys in JSON, in camel case; tables show them as words.
 */
public final class Report {
    private final List<String> columns;
    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();

    /** An empty report with these columns; the first one is what {@code -o name} prints. */
    public Report(String... columns) {
        this.columns = List.of(columns);
    }

    /** Adds a row; a value for each column. */
    public Report row(@Nullable Object... values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int index = 0; index < values.length; index++) {
            row.put(columns.get(index), values[index]);
        }
        rows.add(row);
        return this;
    }

    /** The columns' names. */
    public List<String> columns() {
        return columns;
    }

    /** The rows; each has all columns. */
    public List<Map<String, @Nullable Object>> rows() {
        return rows;
    }

    /** Whether there is no row. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }
}
