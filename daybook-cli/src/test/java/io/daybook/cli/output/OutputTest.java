package io.daybook.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private final Report report = new Report("topic", "partitions", "inSync")
            .row("orders", 12, List.of(1, 2))
            .row("a", 3, List.of())
            .row("n", null, null);

    @Test
    void tablesLineUpAndCarryNoTrailingBlanks() {
        output(Format.table).print(report);

        assertThat(printed()).isEqualTo("""
                        TOPIC   PARTITIONS  IN SYNC
                        orders          12  1,2
                        a                3  -
                        n                -  -
                        """);
    }

    @Test
    void jsonKeepsTheTypes() {
        output(Format.json).print(new Report("topic", "partitions", "id").row("123", 12, null));

        assertThat(printed().replaceAll("\\s+", "")).isEqualTo("[{\"topic\":\"123\",\"partitions\":12,\"id\":null}]");
    }

    @Test
    void yamlQuotesWhatWouldReadAsANumber() {
        output(Format.yaml).print(Map.of("topic", "123"));

        assertThat(printed()).isEqualTo("topic: \"123\"\n");
    }

    @Test
    void nameIsTheFirstColumnOnly() {
        output(Format.name).print(report);

        assertThat(printed()).isEqualTo("orders\na\nn\n");
    }

    @Test
    void noRowsAreAnEmptyArrayForPrograms() {
        output(Format.json).print(new Report("topic"));

        assertThat(printed().replaceAll("\\s+", "")).isEqualTo("[]");
    }

    private Output output(Format format) {
        return new Output(new PrintStream(bytes, true, StandardCharsets.UTF_8), format, false);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
