package io.daybook.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints data to standard output in the form that was asked for. Nothing but data goes there. For one thread. */
public final class Output {
    private final PrintStream out;
    private final Format format;
    private final boolean colours;

    /**
     * Prints to {@code out}.
     *
     * @param colours whether headings may be emphasised; true only for a terminal
     */
    public Output(PrintStream out, Format format, boolean colours) {
        this.out = out;
        this.format = format;
        this.colours = colours;
    }

    /** The form that was asked for. */
    public Format format() {
        return format;
    }

    /** Prints rows. A table without rows prints nothing, JSON prints an empty array. */
    public void print(Report report) {
        switch (format) {
            case table -> TextTable.print(report, out, colours);
            case name ->
                report.rows()
                        .forEach(
                                row -> out.println(text(row.get(report.columns().get(0)))));
            case json, yaml -> structured(report.rows());
        }
        out.flush();
    }

    /** Prints one thing: its fields as "key: value" lines for people. {@code -o name} prints the first field's value. */
    public void print(Map<String, ? extends @Nullable Object> document) {
        switch (format) {
            case table -> printFields(document);
            case name -> document.values().stream().limit(1).forEach(value -> out.println(text(value)));
            case json, yaml -> structured(document);
        }
        out.flush();
    }

    /** A heading over a table, for people; programs do not see it. */
    public void heading(String words) {
        if (format == Format.table) {
            out.println(colours ? "\u001b[1m" + words + "\u001b[0m" : words);
        }
    }

    /** A blank line between tables, for people. */
    public void gap() {
        if (format == Format.table) {
            out.println();
        }
    }

    /** A value as people read it. */
    static String text(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        if (value instanceof List<?> list) {
            StringBuilder joined = new StringBuilder();
            for (Object each : list) {
                joined.append(joined.length() == 0 ? "" : ",").append(text(each));
            }
            return joined.length() == 0 ? "-" : joined.toString();
        }
        if (value instanceof Map<?, ?> map) {
            StringBuilder joined = new StringBuilder();
            map.forEach((key, each) -> joined.append(joined.length() == 0 ? "" : ",")
                    .append(key)
                    .append('=')
                    .append(text(each)));
            return joined.length() == 0 ? "-" : joined.toString();
        }
        String text = value.toString();
        return text.isEmpty() ? "-" : text;
    }

    private void printFields(Map<String, ? extends @Nullable Object> document) {
        int width = document.keySet().stream()
                .mapToInt(key -> TextTable.words(key).length())
                .max()
                .orElse(0);
        document.forEach((key, value) -> {
            String label = TextTable.words(key) + ":";
            out.println(label + " ".repeat(width + 2 - label.length()) + text(value));
        });
    }

    private void structured(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = format == Format.yaml
                ? new YAMLFactory()
                        .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                        .createGenerator(text)
                : new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println(text.toString().stripTrailing());
    }

    private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
        if (value instanceof List<?> list) {
            generator.writeStartArray();
            for (Object each : list) {
                write(generator, each);
            }
            generator.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                generator.writeFieldName(String.valueOf(entry.getKey()));
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value == null) {
            generator.writeNull();
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            generator.writeNumber(((Number) value).longValue());
        } else if (value instanceof Number number) {
            generator.writeNumber(number.doubleValue());
        } else {
            generator.writeString(value.toString());
        }
    }
}
