package io.daybook.cli.segment;

import static io.daybook.cli.CommandLineFixture.daybook;
import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.cli.CommandLineFixture.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFileTest {
    @TempDir
    private Path data;

    private Path segment;
    private byte[] content;

    @BeforeEach
    void twoBatches() throws IOException {
        Path partition = Files.createDirectory(data.resolve("orders-3"));
        segment = partition.resolve("00000000000000000000.log");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(batch(0, "one", "two"));
        bytes.write(batch(2, "three"));
        content = bytes.toByteArray();
        Files.write(segment, content);
    }

    @Test
    void dumpShowsTheBatchesAndTheRecords() {
        assertThat(daybook("log", "dump", segment.toString(), "-o", "json").out())
                .contains("\"baseOffset\" : 2", "\"crc\" : \"ok\"", "\"codec\" : \"gzip\"");
        assertThat(daybook("log", "dump", segment.toString(), "--records", "-f", "%t-%p %o %v\\n")
                        .out())
                .isEqualTo("orders-3 0 one\norders-3 1 two\norders-3 2 three\n");
    }

    @Test
    void aSoundDirectoryVerifies() {
        Outcome outcome = daybook("log", "verify", data.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("orders-3").contains("ok");
    }

    @Test
    void aFlippedBitIsFoundWithItsPlace() throws IOException {
        content[content.length - 1] ^= 1;
        Files.write(segment, content);

        Outcome outcome = daybook("log", "verify", data.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("00000000000000000000.log at byte " + batch(0, "one", "two").length + ": the CRC");
    }

    @Test
    void aTornEndIsFoundWithItsPlace() throws IOException {
        Files.write(segment, java.util.Arrays.copyOf(content, content.length - 3));

        Outcome outcome = daybook("log", "verify", data.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("3 are left".replace("3", Integer.toString(batch(2, "three").length - 3)));
    }

    @Test
    void offsetsThatGoBackAreFound() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(content);
        bytes.write(batch(1, "again"));
        Files.write(segment, bytes.toByteArray());

        assertThat(daybook("log", "verify", data.toString()).out()).contains("offset 1 after 2");
    }

    @Test
    void whatIsNoSegmentIsAUsageError() throws IOException {
        Path other = Files.writeString(data.resolve("notes.log"), "x");

        assertThat(daybook("log", "dump", other.toString()).exitCode()).isEqualTo(2);
    }

    private static byte[] batch(long baseOffset, String... values) {
        RecordBatchBuilder builder = new RecordBatchBuilder(Compression.GZIP).baseOffset(baseOffset);
        for (String value : values) {
            builder.append(1_000, null, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
        }
        ByteBuffer batch = builder.build();
        byte[] bytes = new byte[batch.remaining()];
        batch.get(bytes);
        return bytes;
    }
}
