package io.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code daybook.durability=os} a loss of power may take records that were read; who read them is told. */
class LostEndTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    @TempDir
    private Path directory;

    @Test
    void aConsumerNoticesThatRecordsItHasReadAreGone() throws Exception {
        Path running = directory.resolve("running");
        Path afterwards = directory.resolve("afterwards");
        EmbeddedDaybook before = start(running, 0);
        try (KafkaConsumer<String, String> consumer = consumer(before)) {
            before.createTopic("orders", 1, Map.of("daybook.durability", "os"));
            produce(before, 5);
            copy(running, afterwards);
            produce(before, 5);
            consumer.assign(List.of(PARTITION));
            consumer.seek(PARTITION, 0);
            pollUpTo(consumer, 10);
            int port = before.port();
            before.close();

            try (EmbeddedDaybook after = start(afterwards, port)) {
                produce(after, 6);

                assertThatThrownBy(() -> pollUpTo(consumer, 11))
                        .isInstanceOfSatisfying(LogTruncationException.class, lost -> assertThat(
                                        lost.divergentOffsets().get(PARTITION).offset())
                                .isEqualTo(5));
            }
        } finally {
            before.close();
        }
    }

    @Test
    void theLeaderEpochIsRaisedAfterAnUncleanStopOnly() throws Exception {
        Path running = directory.resolve("running");
        Path afterwards = directory.resolve("afterwards");
        try (EmbeddedDaybook daybook = start(running, 0)) {
            daybook.createTopic("orders", 1);
            produce(daybook, 1);
            copy(running, afterwards);
        }

        try (EmbeddedDaybook clean = start(running, 0);
                EmbeddedDaybook unclean = start(afterwards, 0)) {
            assertThat(leaderEpoch(clean)).isZero();
            assertThat(leaderEpoch(unclean)).isEqualTo(1);
        }
    }

    private static EmbeddedDaybook start(Path data, int port) {
        return EmbeddedDaybook.start(EmbeddedDaybook.Options.onDisk(data).onPort(port));
    }

    private static int leaderEpoch(EmbeddedDaybook daybook) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", daybook.bootstrapServers()))) {
            return admin.listOffsets(Map.of(PARTITION, OffsetSpec.latest()))
                    .partitionResult(PARTITION)
                    .get(30, TimeUnit.SECONDS)
                    .leaderEpoch()
                    .orElseThrow();
        }
    }

    private static void pollUpTo(KafkaConsumer<String, String> consumer, long position) {
        long deadlineMs = System.currentTimeMillis() + 30_000;
        while (consumer.position(PARTITION) < position && System.currentTimeMillis() < deadlineMs) {
            consumer.poll(Duration.ofMillis(200));
        }
        assertThat(consumer.position(PARTITION)).isGreaterThanOrEqualTo(position);
    }

    private static KafkaConsumer<String, String> consumer(EmbeddedDaybook daybook) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", daybook.bootstrapServers(), "auto.offset.reset", "none"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private static void produce(EmbeddedDaybook daybook, int count) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", daybook.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>("orders", 0, "k", "v" + i)).get(30, TimeUnit.SECONDS);
            }
        }
    }

    /** What a disk holds after a loss of power: what it held at some moment. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : (Iterable<Path>) files::iterator) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }
}
