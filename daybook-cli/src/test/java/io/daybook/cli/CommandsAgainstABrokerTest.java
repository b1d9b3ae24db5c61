package io.daybook.cli;

import static io.daybook.cli.CommandLineFixture.daybook;
import static io.daybook.cli.CommandLineFixture.daybookWithInput;
import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.cli.CommandLineFixture.Outcome;
import io.daybook.server.EmbeddedDaybook;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsAgainstABrokerTest {
    private static EmbeddedDaybook broker;

    @BeforeAll
    static void start() {
        broker =
                EmbeddedDaybook.start(EmbeddedDaybook.Options.inMemory().with("group.initial.rebalance.delay.ms", "0"));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void aTopicIsCreatedListedDescribedAlteredAndDeleted() {
        assertThat(run("topic", "create", "life", "-p", "3", "-c", "retention.ms=1000")
                        .exitCode())
                .isZero();
        assertThat(run("topic", "create", "life").exitCode()).isEqualTo(ExitCode.CONFLICT.number());
        assertThat(run("topic", "create", "life", "--if-not-exists").exitCode()).isZero();
        assertThat(run("topic", "list", "-o", "name").out()).contains("life\n");
        assertThat(run("topic", "describe", "life", "-o", "yaml").out())
                .contains("topic: life", "retention.ms: \"1000\"");

        assertThat(run("topic", "alter", "life", "-p", "5", "--unset", "retention.ms")
                        .exitCode())
                .isZero();
        assertThat(run("topic", "offsets", "life", "-o", "json").out()).contains("\"partition\" : 4");
        assertThat(run("config", "get", "topic/life").out()).doesNotContain("retention.ms");

        assertThat(run("topic", "delete", "life", "-y").exitCode()).isZero();
        Outcome gone = run("topic", "describe", "life");
        assertThat(gone.exitCode()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(gone.err()).contains("topic 'life': does not exist").contains("daybook topic list");
    }

    @Test
    void aDeletedTopicComesBackWithItsRecords() {
        run("topic", "create", "regret");
        daybookWithInput("one\ntwo\n", "produce", "regret", "-b", broker.bootstrapServers());
        run("topic", "delete", "regret", "-y");

        assertThat(run("topic", "undelete", "regret").exitCode()).isZero();

        assertThat(run("consume", "regret").out()).isEqualTo("one\ntwo\n");
        assertThat(run("topic", "undelete", "never-was").exitCode()).isNotZero();
    }

    @Test
    void dryRunsChangeNothing() {
        assertThat(run("topic", "create", "dry", "--dry-run").exitCode()).isZero();
        assertThat(run("topic", "list", "-o", "name").out()).doesNotContain("dry");
        assertThat(run("topic", "create", "bad name", "--dry-run").exitCode()).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void whatIsPublishedComesBackInOrderOfItsPartition(String codec) {
        String topic = "codec-" + codec;
        run("topic", "create", topic, "-p", "4");
        List<String> lines =
                IntStream.range(0, 5_000).mapToObj(i -> (i % 7) + ":value-" + i).collect(Collectors.toList());

        Outcome produced = daybookWithInput(
                String.join("\n", lines) + "\n",
                "produce",
                topic,
                "-k",
                ":",
                "-z",
                codec,
                "-H",
                "h=x",
                "-b",
                broker.bootstrapServers());

        assertThat(produced.err()).isEmpty();
        List<String> back =
                run("consume", topic, "-f", "%k:%v\\n").out().lines().toList();
        assertThat(back).containsExactlyInAnyOrderElementsOf(lines);
        for (int key = 0; key < 7; key++) {
            String prefix = key + ":";
            assertThat(back.stream().filter(line -> line.startsWith(prefix)).toList())
                    .isEqualTo(lines.stream()
                            .filter(line -> line.startsWith(prefix))
                            .toList());
        }
        assertThat(run("consume", topic, "-n", "1", "-f", "%h").out()).isEqualTo("h=x");
    }

    @Test
    void placesInATopicAreUnderstood() {
        run("topic", "create", "places");
        daybookWithInput("a\nb\nc\nd\n", "produce", "places", "-b", broker.bootstrapServers());

        assertThat(run("consume", "places", "-o", "-2").out()).isEqualTo("c\nd\n");
        assertThat(run("consume", "places", "-o", "1", "-n", "2").out()).isEqualTo("b\nc\n");
        assertThat(run("consume", "places", "-o", "@1h").out()).isEqualTo("a\nb\nc\nd\n");
        assertThat(run("consume", "places", "-o", "end").out()).isEmpty();

        assertThat(run("topic", "trim", "places", "--before", "2", "-y").exitCode())
                .isZero();
        assertThat(run("consume", "places").out()).isEqualTo("c\nd\n");
    }

    @Test
    void aGroupGoesOnWhereItLeftAndCanBeMoved() {
        run("topic", "create", "work", "-p", "2");
        daybookWithInput("1\n2\n3\n", "produce", "work", "-p", "1", "-b", broker.bootstrapServers());

        assertThat(run("consume", "work", "-g", "crew").out()).isEqualTo("1\n2\n3\n");
        assertThat(run("consume", "work", "-g", "crew").out()).isEmpty();
        assertThat(run("group", "list", "-o", "name").out()).contains("crew");
        assertThat(run("group", "describe", "crew").out()).contains("consumer", "Empty");

        assertThat(run("group", "seek", "crew", "--to", "-1").exitCode()).isZero();
        assertThat(run("group", "lag", "crew", "-o", "json").out()).contains("\"lag\" : 1");
        assertThat(run("consume", "work", "-g", "crew").out()).isEqualTo("3\n");

        assertThat(run("group", "delete", "crew", "-y").exitCode()).isZero();
        assertThat(run("group", "describe", "crew").exitCode()).isEqualTo(ExitCode.NOT_FOUND.number());
    }

    @Test
    void settingsSayWhereTheyComeFrom() {
        run("topic", "create", "left", "-c", "segment.bytes=2000000");
        run("topic", "create", "right");

        assertThat(run("config", "explain", "topic/left", "segment.bytes").out())
                .contains("2000000", "log.segment.bytes", "default");
        assertThat(run("config", "diff", "topic/left", "topic/right", "-o", "name")
                        .out())
                .isEqualTo("segment.bytes\n");
        assertThat(run("config", "set", "topic/left", "no.such.key=1").exitCode())
                .isNotZero();
        assertThat(run("config", "set", "broker/default", "log.retention.ms=123456789")
                        .exitCode())
                .isZero();
        assertThat(run("config", "get", "topic/right", "retention.ms").out()).contains("123456789");
        assertThat(run("config", "unset", "broker/default", "log.retention.ms").exitCode())
                .isZero();
    }

    @Test
    void theClusterIsShown() {
        assertThat(run("cluster", "info").out()).contains("cluster id:", "brokers:");
        assertThat(run("cluster", "brokers", "-o", "json").out()).contains("\"broker\" : 1");
        assertThat(run("cluster", "health", "--min-free", "0").exitCode()).isZero();
    }

    private static Outcome run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("-b", broker.bootstrapServers()));
        return daybook(all.toArray(new String[0]));
    }
}
