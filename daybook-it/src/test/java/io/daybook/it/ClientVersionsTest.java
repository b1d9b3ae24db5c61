package io.daybook.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.it.fixture.DaybookProcess;
import io.daybook.it.fixture.IsolatedClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients of five years against one server. */
class ClientVersionsTest {

    private static final int COUNT = 500;

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

    @ParameterizedTest
    @ValueSource(strings = {"2.8.2", "3.9.1", "4.3.1", "4.4.0"})
    void whatAClientProducesItsConsumerReads(String version) {
        try (IsolatedClient client = IsolatedClient.ofVersion(version)) {
            String topic = "plain-" + version;
            client.call("createTopic", server.bootstrap(), topic, 3);

            Object places = client.call("produce", server.bootstrap(), topic, 0, COUNT, Map.of("acks", "all"));
            Object values = client.call("consume", server.bootstrap(), topic, topic + "-group", COUNT, Map.of());

            assertThat((List<?>) places).hasSize(COUNT).doesNotHaveDuplicates();
            assertThat(strings(values)).containsExactlyInAnyOrderElementsOf(expected(0, COUNT));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2.8.2, gzip", "2.8.2, snappy", "2.8.2, lz4", "2.8.2, zstd",
        "3.9.1, gzip", "3.9.1, snappy", "3.9.1, lz4", "3.9.1, zstd",
        "4.3.1, gzip", "4.3.1, snappy", "4.3.1, lz4", "4.3.1, zstd",
        "4.4.0, gzip", "4.4.0, snappy", "4.4.0, lz4", "4.4.0, zstd"
    })
    void compressedRecordsComeBackInOrder(String version, String codec) {
        try (IsolatedClient client = IsolatedClient.ofVersion(version)) {
            String topic = codec + "-" + version;
            client.call("createTopic", server.bootstrap(), topic, 1);

            client.call(
                    "produce",
                    server.bootstrap(),
                    topic,
                    0,
                    COUNT,
                    Map.of("compression.type", codec, "enable.idempotence", "true", "linger.ms", "20"));

            assertThat(strings(client.call("readPartition", server.bootstrap(), topic, 0, 0L)))
                    .containsExactlyElementsOf(expected(0, COUNT));
            assertThat(strings(client.call("readPartition", server.bootstrap(), topic, 0, COUNT - 7L)))
                    .containsExactlyElementsOf(expected(COUNT - 7, 7));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "all"})
    void everyKindOfAcknowledgementIsServed(String acks) {
        try (IsolatedClient client = IsolatedClient.ofVersion("4.3.1")) {
            String topic = "acks-" + acks;
            client.call("createTopic", server.bootstrap(), topic, 1);

            client.call(
                    "produce", server.bootstrap(), topic, 0, 50, Map.of("acks", acks, "enable.idempotence", "false"));

            assertThat(strings(client.call("consume", server.bootstrap(), topic, topic + "-group", 50, Map.of())))
                    .containsExactlyElementsOf(expected(0, 50));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2.8.2, group.protocol, classic",
        "3.9.1, group.protocol, classic",
        "4.3.1, group.protocol, classic",
        "4.3.1, group.protocol, consumer",
        "4.4.0, group.protocol, consumer"
    })
    void aGroupGoesOnWhereItCommitted(String version, String key, String protocol) {
        try (IsolatedClient client = IsolatedClient.ofVersion(version)) {
            String topic = "resume-" + protocol + "-" + version;
            Map<String, String> configs = Map.of(key, protocol);
            client.call("createTopic", server.bootstrap(), topic, 1);
            client.call("produce", server.bootstrap(), topic, 0, 10, Map.of());
            client.call("consume", server.bootstrap(), topic, topic, 10, configs);

            client.call("produce", server.bootstrap(), topic, 10, 10, Map.of());
            Object values = client.call("consume", server.bootstrap(), topic, topic, 10, configs);

            assertThat(strings(values)).containsExactlyElementsOf(expected(10, 10));
            assertThat(client.call("committed", server.bootstrap(), topic)).isEqualTo(Map.of(topic + "-0", 20L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8.2", "3.9.1", "4.3.1", "4.4.0"})
    @SuppressWarnings("unchecked")
    void topicsAreAdministered(String version) {
        try (IsolatedClient client = IsolatedClient.ofVersion(version)) {
            String topic = "admin-" + version;
            String bootstrap = server.bootstrap();

            client.call("createConfiguredTopic", bootstrap, topic, 2, Map.of("retention.ms", "3600000"));
            client.call("growTopic", bootstrap, topic, 4);
            client.call("setConfig", bootstrap, topic, "max.message.bytes", "200000");
            Map<String, String> configs = (Map<String, String>) client.call("configs", bootstrap, topic);

            assertThat(configs)
                    .containsEntry("retention.ms", "3600000")
                    .containsEntry("max.message.bytes", "200000")
                    .containsEntry("cleanup.policy", "delete");
            assertThat(client.call("brokers", bootstrap)).isEqualTo(1);
            assertThat((Iterable<Object>) client.call("topics", bootstrap)).contains(topic);
            client.call("deleteTopic", bootstrap, topic);
            assertThat((Iterable<Object>) client.call("topics", bootstrap)).doesNotContain(topic);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8.2", "3.9.1", "4.3.1", "4.4.0"})
    void offsetsAreFoundAndRecordsDeleted(String version) {
        try (IsolatedClient client = IsolatedClient.ofVersion(version)) {
            String topic = "offsets-" + version;
            String bootstrap = server.bootstrap();
            client.call("createTopic", bootstrap, topic, 1);
            client.call("produce", bootstrap, topic, 0, 20, Map.of());

            Object before = client.call("offsets", bootstrap, topic, 0, 0L);
            Object lowWatermark = client.call("deleteRecords", bootstrap, topic, 0, 5L);
            Object after = client.call("offsets", bootstrap, topic, 0, Long.MAX_VALUE - 1);

            assertThat(before).isEqualTo(List.of(0L, 20L, 0L));
            assertThat(lowWatermark).isEqualTo(5L);
            assertThat(after).isEqualTo(List.of(5L, 20L, -1L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8.2", "3.9.1", "4.3.1", "4.4.0"})
    void aProducerMayCreateItsTopic(String version) {
        try (IsolatedClient client = IsolatedClient.ofVersion(version)) {
            String topic = "made-by-use-" + version;

            client.call("produce", server.bootstrap(), topic, 0, 1, Map.of());

            assertThat(strings(client.call("readPartition", server.bootstrap(), topic, 0, 0L)))
                    .containsExactlyElementsOf(expected(0, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.8.2", "3.9.1", "4.3.1", "4.4.0"})
    @SuppressWarnings("unchecked")
    void groupsAreDescribedAndDeleted(String version) {
        try (IsolatedClient client = IsolatedClient.ofVersion(version)) {
            String topic = "described-" + version;
            client.call("createTopic", server.bootstrap(), topic, 1);
            client.call("produce", server.bootstrap(), topic, 0, 1, Map.of());
            client.call("consume", server.bootstrap(), topic, topic, 1, Map.of());

            Map<String, String> states =
                    (Map<String, String>) client.call("groupStates", server.bootstrap(), List.of(topic));
            client.call("deleteGroup", server.bootstrap(), topic);

            assertThat(states.get(topic)).isEqualToIgnoringCase("empty");
            assertThat((Map<String, Long>) client.call("committed", server.bootstrap(), topic))
                    .isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Object values) {
        return (List<String>) values;
    }

    private static List<String> expected(int firstIndex, int count) {
        return IntStream.range(firstIndex, firstIndex + count)
                .mapToObj(i -> "value-" + i)
                .toList();
    }
}
