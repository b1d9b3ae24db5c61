package io.daybook.cli;

import static io.daybook.cli.CommandLineFixture.daybook;
import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.cli.CommandLineFixture.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaybookTest {
    @Test
    void withoutAWordItShowsWhatItCanDo() {
        Outcome outcome = daybook();

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("topic", "produce", "consume", "group", "config", "cluster", "log");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void aMistypedCommandIsAUsageErrorWithASuggestion() {
        Outcome outcome = daybook("topc", "list");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(outcome.err()).contains("topc").contains("topic");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void nobodyListeningIsUnreachableAndSaysWhatToType() {
        Outcome outcome = daybook("topic", "list", "-b", "127.0.0.1:1");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNREACHABLE.number());
        assertThat(outcome.err()).contains("127.0.0.1:1").contains("daybook server");
    }

    @Test
    void globalOptionsCountBeforeAndAfterTheCommand() {
        assertThat(daybook("-b", "127.0.0.1:1", "topic", "list").err()).contains("127.0.0.1:1");
        assertThat(daybook("-b", "127.0.0.1:1", "topic", "list", "-b", "127.0.0.1:2")
                        .err())
                .contains("127.0.0.1:2");
    }

    @Test
    void settingsOfTheCommandLineWinOverThoseOfTheFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("client.properties"), "bootstrap.servers=127.0.0.1:3\n");

        assertThat(daybook("--command-config", file.toString(), "topic", "list").err())
                .contains("127.0.0.1:3");
        assertThat(daybook("--command-config", file.toString(), "-X", "bootstrap.servers=127.0.0.1:4", "topic", "list")
                        .err())
                .contains("127.0.0.1:4");
    }

    @Test
    void aMissingFileOfSettingsIsNotFound() {
        Outcome outcome = daybook("--command-config", "/no/such/file", "topic", "list");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(outcome.err()).contains("/no/such/file");
    }

    @Test
    void deletingAsksAndNobodyIsThereToAnswer() {
        Outcome outcome = daybook("topic", "delete", "orders", "-b", "127.0.0.1:1");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(outcome.err()).contains("-y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void completionKnowsEveryCommand(String shell) {
        Outcome outcome = daybook("completion", shell);

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("consume", "describe", "verify");
    }

    @Test
    void whatAServerWouldTakeIsExplainedWithoutOne(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("server.properties"), "# a comment\nnum.partitions=7\nlog.retention.hours=24\n");

        Outcome outcome =
                daybook("config", "explain", "server", "--config", file.toString(), "--set", "num.partitions=9");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).containsPattern("num.partitions +9 +flag +--set");
        assertThat(outcome.out()).containsPattern("log.retention.hours +24 +file +.*server.properties:3");
        assertThat(daybook("config", "explain", "server", "num.io.threads").out())
                .contains("default");
        assertThat(daybook("config", "explain", "server", "no.such.key").exitCode())
                .isEqualTo(ExitCode.NOT_FOUND.number());
    }

    @Test
    void theVersionIsDataForPrograms() {
        assertThat(daybook("version").out()).isEqualTo("daybook 0.1.0\n");
        assertThat(daybook("version", "-o", "yaml").out()).startsWith("version: 0.1.0\n");
    }
}
