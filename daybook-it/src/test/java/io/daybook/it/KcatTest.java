package io.daybook.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daybook.it.fixture.DaybookProcess;
import io.daybook.it.fixture.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kcat, and so librdkafka, which half of the world's clients are made of. */
class KcatTest {

    @TempDir
    static Path directory;

    private static DaybookProcess server;

    @BeforeAll
    static void start() {
        assumeTrue(Tool.onPath("kcat").isPresent(), "kcat is not on the PATH (Debian: apt-get install kcat)");
        server = DaybookProcess.start(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void metadataNamesTheBrokerUnderTheAddressThatWasDialled() {
        assertThat(kcat("", "-L").stdout()).contains(server.bootstrap());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void recordsComeBackInOrder(String codec) {
        List<String> lines =
                IntStream.range(0, 1000).mapToObj(i -> "k" + i + ":line " + i).toList();
        String topic = "kcat-" + codec;

        kcat(String.join("\n", lines) + "\n", "-P", "-t", topic, "-p", "0", "-K", ":", "-z", codec);

        assertThat(kcat("", "-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", "-q", "-f", "%k:%s\n")
                        .lines())
                .containsExactlyElementsOf(lines);
    }

    @Test
    void theBatchesAreReallyCompressed() {
        String line = "a".repeat(20_000);

        kcat(line + "\n", "-P", "-t", "squeezed", "-p", "0", "-z", "gzip");
        // what is fetched is in the file, and not only in the journal
        kcat("", "-C", "-t", "squeezed", "-p", "0", "-o", "beginning", "-e", "-q");

        assertThat(Segments.sizeBytes(server.data(), "squeezed", 0)).isBetween(1L, 2_000L);
    }

    @Test
    void aGroupOfOneReadsEverything() {
        kcat("one\ntwo\n", "-P", "-t", "kcat-group", "-p", "0");

        assertThat(kcat("", "-G", "kcat-readers", "-X", "auto.offset.reset=earliest", "-c", "2", "-q", "kcat-group")
                        .lines())
                .containsExactly("one", "two");
    }

    @Test
    void idempotentProducingWorks() {
        kcat("one\ntwo\n", "-P", "-t", "kcat-idempotent", "-p", "0", "-X", "enable.idempotence=true");

        assertThat(kcat("", "-C", "-t", "kcat-idempotent", "-p", "0", "-o", "-1", "-e", "-q")
                        .lines())
                .containsExactly("two");
    }

    private static Tool.Outcome kcat(String stdin, String... arguments) {
        List<String> command = Stream.concat(Stream.of("kcat", "-b", server.bootstrap()), Stream.of(arguments))
                .toList();
        return Tool.run(command, stdin).succeeded();
    }
}
