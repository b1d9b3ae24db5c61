package io.daybook.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.base.TopicPartition;
import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.RecordHeader;
import io.daybook.cli.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFormatTest {
    private final BatchRecord record = new BatchRecord(
            42,
            1000,
            bytes("k"),
            bytes("v\u00e4lue"),
            List.of(new RecordHeader("h", bytes("x")), new RecordHeader("n", null)));

    @Test
    void everySignStandsForItsField() throws IOException {
        assertThat(print("%t[%p]@%o %T %I %k=%v {%h} 100%%\\t\\\\\\n"))
                .isEqualTo("orders[3]@42 1000 1970-01-01T00:00:01Z k=v\u00e4lue {h=x,n=null} 100%\t\\\n");
    }

    @Test
    void jsonIsOneObjectALine() throws IOException {
        assertThat(print("json"))
                .isEqualTo(
                        "{\"topic\":\"orders\",\"partition\":3,\"offset\":42,\"timestamp\":1000,\"key\":\"k\","
                                + "\"value\":\"v\u00e4lue\",\"headers\":[{\"key\":\"h\",\"value\":\"x\"},{\"key\":\"n\",\"value\":null}]}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%x", "\\", "\\q"})
    void aSignThatMeansNothingIsAUsageError(String format) {
        assertThatThrownBy(() -> RecordFormat.parse(format)).isInstanceOf(CommandException.class);
    }

    private String print(String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordFormat.parse(format).print(new TopicPartition("orders", 3), record, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
