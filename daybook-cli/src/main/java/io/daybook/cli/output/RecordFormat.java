package io.daybook.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.daybook.base.TopicPartition;
import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.RecordHeader;
import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a record is printed. A format is text with {@code %v} value, {@code %k} key, {@code %o} offset, {@code %p} partition,
 * {@code %t} topic, {@code %T} timestamp in milliseconds, {@code %I} timestamp as ISO 8601, {@code %h} headers,
 * {@code %%} a percent sign, and {@code \n}, {@code \t}, {@code \0}, {@code \\}. Keys and values are printed byte for
 * byte. {@code json} prints one object a line instead.
 */
public final class RecordFormat {
    private static final String JSON = "json";

    private final List<Part> parts;
    private final boolean json;

    private interface Part {
        void print(TopicPartition partition, BatchRecord record, OutputStream out) throws IOException;
    }

    private RecordFormat(List<Part> parts, boolean json) {
        this.parts = parts;
        this.json = json;
    }

    /**
     * Parses a format.
     *
     * @throws CommandException if it holds a sign that means nothing
     */
    public static RecordFormat parse(String format) {
        if (format.equals(JSON)) {
            return new RecordFormat(List.of(), true);
        }
        List<Part> parts = new ArrayList<>();
        ByteArrayOutputStream literal = new ByteArrayOutputStream();
        for (int index = 0; index < format.length(); index++) {
            char sign = format.charAt(index);
            if (sign != '%' && sign != '\\') {
                literal.writeBytes(format.substring(index, index + 1).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            if (++index == format.length()) {
                throw meaningless(format, String.valueOf(sign));
            }
            char letter = format.charAt(index);
            if (sign == '\\' || letter == '%') {
                literal.write(escaped(format, sign, letter));
            } else {
                flush(literal, parts);
                parts.add(field(format, letter));
            }
        }
        flush(literal, parts);
        return new RecordFormat(parts, false);
    }

    /** Prints one record. */
    public void print(TopicPartition partition, BatchRecord record, OutputStream out) throws IOException {
        if (json) {
            printJson(partition, record, out);
            return;
        }
        for (Part part : parts) {
            part.print(partition, record, out);
        }
    }

    private static void flush(ByteArrayOutputStream literal, List<Part> parts) {
        if (literal.size() > 0) {
            byte[] bytes = literal.toByteArray();
            literal.reset();
            parts.add((partition, record, out) -> out.write(bytes));
        }
    }

    private static int escaped(String format, char sign, char letter) {
        if (sign == '%') {
            return '%';
        }
        return switch (letter) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '0' -> 0;
            case '\\' -> '\\';
            default -> throw meaningless(format, "\\" + letter);
        };
    }

    private static Part field(String format, char letter) {
        return switch (letter) {
            case 'v' -> (partition, record, out) -> bytes(record.value(), out);
            case 'k' -> (partition, record, out) -> bytes(record.key(), out);
            case 'o' -> (partition, record, out) -> text(Long.toString(record.offset()), out);
            case 'p' -> (partition, record, out) -> text(Integer.toString(partition.partition()), out);
            case 't' -> (partition, record, out) -> text(partition.topic(), out);
            case 'T' -> (partition, record, out) -> text(Long.toString(record.timestampMs()), out);
            case 'I' ->
                (partition, record, out) ->
                        text(Instant.ofEpochMilli(record.timestampMs()).toString(), out);
            case 'h' -> (partition, record, out) -> text(headers(record), out);
            default -> throw meaningless(format, "%" + letter);
        };
    }

    private static CommandException meaningless(String format, String sign) {
        return new CommandException(
                ExitCode.USAGE,
                "'" + sign + "' in the format '" + format + "' means nothing",
                "-f json, or a text with %v %k %o %p %t %T %I %h %% \\n \\t");
    }

    private static String headers(BatchRecord record) {
        StringBuilder joined = new StringBuilder();
        for (RecordHeader header : record.headers()) {
            joined.append(joined.length() == 0 ? "" : ",").append(header.key()).append('=');
            joined.append(String.valueOf(decoded(header.value())));
        }
        return joined.toString();
    }

    private static void printJson(TopicPartition partition, BatchRecord record, OutputStream out) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator generator = new JsonFactory().createGenerator(line)) {
            generator.writeStartObject();
            generator.writeStringField("topic", partition.topic());
            generator.writeNumberField("partition", partition.partition());
            generator.writeNumberField("offset", record.offset());
            generator.writeNumberField("timestamp", record.timestampMs());
            generator.writeStringField("key", decoded(record.key()));
            generator.writeStringField("value", decoded(record.value()));
            generator.writeArrayFieldStart("headers");
            for (RecordHeader header : record.headers()) {
                generator.writeStartObject();
                generator.writeStringField("key", header.key());
                generator.writeStringField("value", decoded(header.value()));
                generator.writeEndObject();
            }
            generator.writeEndArray();
            generator.writeEndObject();
        }
        line.write('\n');
        line.writeTo(out);
    }

    private static @Nullable String decoded(@Nullable ByteBuffer bytes) {
        return bytes == null ? null : StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private static void text(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(@Nullable ByteBuffer bytes, OutputStream out) throws IOException {
        if (bytes == null) {
            return;
        }
        if (bytes.hasArray()) {
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            Channels.newChannel(out).write(bytes);
        }
    }
}
