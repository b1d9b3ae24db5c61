package io.daybook.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.it.fixture.DaybookProcess;
import io.daybook.it.fixture.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's own command line tools, unmodified, each a process of its own. */
class KafkaToolsTest {

    private static final String TOPICS = "org.apache.kafka.tools.TopicCommand";
    private static final String CONFIGS = "kafka.admin.ConfigCommand";
    private static final String GROUPS = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
    private static final String OFFSETS = "org.apache.kafka.tools.GetOffsetShell";
    private static final String DELETE_RECORDS = "org.apache.kafka.tools.DeleteRecordsCommand";
    private static final String DUMP_LOG = "org.apache.kafka.tools.DumpLogSegments";
    private static final String PRODUCER = "org.apache.kafka.tools.ConsoleProducer";
    private static final String CONSUMER = "org.apache.kafka.tools.consumer.ConsoleConsumer";

    @TempDir
    static Path directory;

    private static DaybookProcess server;

    @BeforeAll
    static void start() {
        server = DaybookProcess.start(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theConsoleConsumerReadsWhatTheConsoleProducerWrote() {
        create("console", 1);

        produce("console", "one\ntwo\nthree\n");

        assertThat(consume("console", 3)).containsExactly("one", "two", "three");
    }

    @Test
    void theTopicsToolCreatesListsDescribesAltersAndDeletes() {
        create("tooled", 2);
        tool(TOPICS, "--alter", "--topic", "tooled", "--partitions", "3");

        assertThat(tool(TOPICS, "--list").lines()).contains("tooled");
        assertThat(tool(TOPICS, "--describe", "--topic", "tooled").stdout())
                .contains("PartitionCount: 3", "ReplicationFactor: 1", "Partition: 2", "Leader: ");
        tool(TOPICS, "--delete", "--topic", "tooled");
        assertThat(tool(TOPICS, "--list").lines()).doesNotContain("tooled");
    }

    @Test
    void theConfigsToolSetsAndDescribes() {
        create("configured", 1);

        tool(
                CONFIGS,
                "--alter",
                "--entity-type",
                "topics",
                "--entity-name",
                "configured",
                "--add-config",
                "retention.ms=60000");

        assertThat(tool(CONFIGS, "--describe", "--entity-type", "topics", "--entity-name", "configured")
                        .stdout())
                .contains("retention.ms=60000", "DYNAMIC_TOPIC_CONFIG");
    }

    @Test
    void theConfigsToolChangesHowMuchLoggersSay() {
        String logger = "io.daybook.server.net.Connections";

        tool(
                CONFIGS,
                "--alter",
                "--entity-type",
                "broker-loggers",
                "--entity-name",
                "1",
                "--add-config",
                logger + "=DEBUG");

        assertThat(tool(CONFIGS, "--describe", "--entity-type", "broker-loggers", "--entity-name", "1")
                        .stdout())
                .contains(logger + "=DEBUG", "root=INFO");
    }

    @Test
    void theGroupsToolListsDescribesResetsAndDeletes() {
        create("grouped", 1);
        produce("grouped", "one\ntwo\nthree\n");
        tool(CONSUMER, "--topic", "grouped", "--group", "readers", "--from-beginning", "--max-messages", "3");

        assertThat(tool(GROUPS, "--list").lines()).contains("readers");
        assertThat(tool(GROUPS, "--describe", "--group", "readers").stdout())
                .containsPattern("readers +grouped +0 +3 +3 +0");
        assertThat(tool(
                                GROUPS,
                                "--reset-offsets",
                                "--group",
                                "readers",
                                "--topic",
                                "grouped",
                                "--to-earliest",
                                "--execute")
                        .stdout())
                .containsPattern("readers +grouped +0 +0");
        tool(GROUPS, "--delete", "--group", "readers");
        assertThat(tool(GROUPS, "--list").lines()).doesNotContain("readers");
    }

    @Test
    void theOffsetsToolAndTheDeleteRecordsToolAgree() throws IOException {
        create("trimmed", 1);
        produce("trimmed", "one\ntwo\nthree\n");
        Path request = Files.writeString(
                directory.resolve("delete.json"),
                "{\"partitions\":[{\"topic\":\"trimmed\",\"partition\":0,\"offset\":2}],\"version\":1}");

        tool(DELETE_RECORDS, "--offset-json-file", request.toString());

        assertThat(tool(OFFSETS, "--topic", "trimmed", "--time", "earliest").lines())
                .contains("trimmed:0:2");
        assertThat(tool(OFFSETS, "--topic", "trimmed", "--time", "latest").lines())
                .contains("trimmed:0:3");
        assertThat(consume("trimmed", 1)).containsExactly("three");
    }

    @Test
    void theDumpToolReadsOurSegments() throws IOException {
        create("dumped", 1);
        produce("dumped", "one\ntwo\nthree\n");
        // what is fetched is in the file, and not only in the journal
        consume("dumped", 3);
        Path segment;
        try (Stream<Path> files = Files.walk(server.data())) {
            segment = files.filter(file -> file.endsWith("dumped-0/00000000000000000000.log"))
                    .findFirst()
                    .orElseThrow();
        }

        String dump = Tool.kafka(DUMP_LOG, "", "--deep-iteration", "--print-data-log", "--files", segment.toString())
                .succeeded()
                .stdout();

        assertThat(dump).contains("payload: one", "payload: two", "payload: three", "isvalid: true");
        assertThat(dump).doesNotContain("isvalid: false");
    }

    private static void create(String topic, int partitions) {
        tool(TOPICS, "--create", "--topic", topic, "--partitions", Integer.toString(partitions));
    }

    private static void produce(String topic, String lines) {
        Tool.kafka(PRODUCER, lines, "--bootstrap-server", server.bootstrap(), "--topic", topic)
                .succeeded();
    }

    private static List<String> consume(String topic, int count) {
        return tool(CONSUMER, "--topic", topic, "--from-beginning", "--max-messages", Integer.toString(count))
                .lines();
    }

    private static Tool.Outcome tool(String mainClass, String... arguments) {
        String[] all = Stream.concat(Stream.of("--bootstrap-server", server.bootstrap()), Stream.of(arguments))
                .toArray(String[]::new);
        return Tool.kafka(mainClass, "", all).succeeded();
    }
}
