package io.daybook.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private int run(String... arguments) {
        return ServerCommandLine.run(
                arguments,
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String complaints() {
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aPortInUseIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String listen = "127.0.0.1:" + taken.getLocalPort();

            assertThat(run("--data", directory.resolve("a").toString(), "--listen", listen))
                    .isEqualTo(1);

            assertThat(complaints())
                    .isEqualTo(
                            "daybook: cannot listen on PLAINTEXT://" + listen + ": the port is in use; stop what uses"
                                    + " it, or choose another with --listen localhost:PORT" + System.lineSeparator());
        }
    }

    @Test
    void afterAFailedStartTheDirectoryIsFree() throws Exception {
        String data = directory.resolve("a").toString();
        aPortInUseIsSaidInOneLine();
        err.reset();
        aPortInUseIsSaidInOneLine();

        assertThat(Path.of(data)).exists();
    }

    @Test
    void aDirectoryOfAnotherBrokerIsRefused() throws Exception {
        Path data = directory.resolve("a");
        try (io.daybook.server.EmbeddedDaybook other =
                io.daybook.server.EmbeddedDaybook.start(io.daybook.server.EmbeddedDaybook.Options.onDisk(data))) {
            assertThat(run("--data", data.toString(), "--listen", "127.0.0.1:0"))
                    .isEqualTo(1);

            assertThat(complaints()).contains("is in use by another broker");
        }
    }

    @Test
    void aFileIsNoDirectory() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(run("--data", file.resolve("data").toString(), "--listen", "127.0.0.1:0"))
                .isEqualTo(1);

        assertThat(complaints()).contains("is a file where a directory is needed");
    }

    @Test
    void aFullFileSystemIsNamedWithWhatToDo() throws Exception {
        try (SmallFileSystem small = SmallFileSystem.mount(directory.resolve("small"))) {
            small.fill();

            assertThat(run("--data", small.path().resolve("data").toString(), "--listen", "127.0.0.1:0"))
                    .isEqualTo(1);

            assertThat(complaints())
                    .contains("No space left on device; make room, or choose another directory with --data DIR")
                    .contains(small.path().toString());
        }
    }

    @Test
    void aReadOnlyFileSystemIsNamedWithWhatToDo() throws Exception {
        try (SmallFileSystem small = SmallFileSystem.mount(directory.resolve("small"))) {
            small.makeReadOnly();

            assertThat(run("--data", small.path().resolve("data").toString(), "--listen", "127.0.0.1:0"))
                    .isEqualTo(1);

            assertThat(complaints())
                    .contains("Read-only file system; make room or repair it, or choose another directory with")
                    .contains(small.path().toString());
        }
    }

    @Test
    void aDirectoryOfANewerVersionIsRefused() throws Exception {
        Path data = directory.resolve("a");
        io.daybook.server.EmbeddedDaybook.start(io.daybook.server.EmbeddedDaybook.Options.onDisk(data))
                .close();
        Path properties = data.resolve("meta.properties");
        Files.writeString(properties, Files.readString(properties).replaceAll("(?m)^version=.*$", "version=99"));

        assertThat(run("--data", data.toString(), "--listen", "127.0.0.1:0")).isEqualTo(1);

        assertThat(complaints()).contains("from a newer version");
    }

    @Test
    void everyProblemOfTheConfigurationHasItsLine() throws Exception {
        Path file = Files.writeString(directory.resolve("server.properties"), "\nlisteners=PLAINTEXT://:9092\n");

        assertThat(run("--config", file.toString())).isEqualTo(1);

        assertThat(complaints())
                .contains(file + ":2")
                .contains("daybook.allow.insecure=true")
                .hasLineCount(1);
    }

    @Test
    void aMissingConfigurationFileIsNamed() {
        assertThat(run("--config", directory.resolve("none").toString())).isEqualTo(1);

        assertThat(complaints()).contains("there is no configuration file").contains("none");
    }

    @Test
    void whatCannotBeUnderstoodIsAUsageError() {
        assertThat(run("--dta", "x")).isEqualTo(2);
        assertThat(run("--set", "novalue")).isEqualTo(2);
        assertThat(run("--listen", "localhost")).isEqualTo(2);
        assertThat(run("--data")).isEqualTo(2);

        assertThat(complaints())
                .contains("unknown argument --dta")
                .contains("is not KEY=VALUE")
                .contains("write --listen localhost:9092")
                .contains("--data needs a value");
    }
}
