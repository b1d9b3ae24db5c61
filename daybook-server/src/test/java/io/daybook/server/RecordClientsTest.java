package io.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own clients write and read records. */
class RecordClientsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void whatIsWrittenWithACodecIsReadBack(String codec) throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start();
                KafkaProducer<String, String> producer = producer(daybook, Map.of("compression.type", codec))) {
            daybook.createTopic("orders", 3);
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                sent.add(producer.send(new ProducerRecord<>("orders", i % 3, "key-" + i, "value-" + i)));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get(30, TimeUnit.SECONDS);
            }

            List<ConsumerRecord<String, String>> read = readAll(daybook, "orders", 3, 3000);

            for (int partition = 0; partition < 3; partition++) {
                int number = partition;
                assertThat(read.stream()
                                .filter(each -> each.partition() == number)
                                .map(ConsumerRecord::value))
                        .containsExactlyElementsOf(IntStream.range(0, 1000)
                                .mapToObj(i -> "value-" + (i * 3 + number))
                                .toList());
            }
        }
    }

    @Test
    void recordsSurviveAStopAndAStart() throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start(EmbeddedDaybook.Options.onDisk(directory));
                KafkaProducer<String, String> producer = producer(daybook, Map.of())) {
            daybook.createTopic("orders", 1);
            producer.send(new ProducerRecord<>("orders", 0, "k", "before")).get(30, TimeUnit.SECONDS);
        }
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start(EmbeddedDaybook.Options.onDisk(directory));
                KafkaProducer<String, String> producer = producer(daybook, Map.of())) {
            RecordMetadata after = producer.send(new ProducerRecord<>("orders", 0, "k", "after"))
                    .get(30, TimeUnit.SECONDS);

            assertThat(after.offset()).isEqualTo(1);
            assertThat(readAll(daybook, "orders", 1, 2))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("before", "after");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "all"})
    void recordsArriveUnderEveryAcks(String acks) throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start();
                KafkaProducer<String, String> producer =
                        producer(daybook, Map.of("acks", acks, "enable.idempotence", "false"))) {
            daybook.createTopic("orders", 1);
            for (int i = 0; i < 100; i++) {
                producer.send(new ProducerRecord<>("orders", 0, "k", "v" + i)).get(30, TimeUnit.SECONDS);
            }

            assertThat(readAll(daybook, "orders", 1, 100)).hasSize(100);
        }
    }

    @Test
    void offsetsAreFoundByTimeAndAtBothEnds() throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start();
                KafkaProducer<String, String> producer = producer(daybook, Map.of());
                Admin admin = admin(daybook)) {
            daybook.createTopic("orders", 1, Map.of("message.timestamp.before.max.ms", "9223372036854775807"));
            long base = System.currentTimeMillis() - 100_000;
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("orders", 0, base + i * 1000, "k", "v" + i))
                        .get(30, TimeUnit.SECONDS);
            }
            TopicPartition partition = new TopicPartition("orders", 0);

            assertThat(offset(admin, partition, OffsetSpec.earliest())).isZero();
            assertThat(offset(admin, partition, OffsetSpec.latest())).isEqualTo(10);
            assertThat(offset(admin, partition, OffsetSpec.maxTimestamp())).isEqualTo(9);
            assertThat(offset(admin, partition, OffsetSpec.forTimestamp(base + 4500)))
                    .isEqualTo(5);
            assertThat(offset(admin, partition, OffsetSpec.forTimestamp(base + 1_000_000)))
                    .isEqualTo(-1);
            assertThat(offset(admin, partition, OffsetSpec.earliestLocal())).isZero();
            assertThat(offset(admin, partition, OffsetSpec.latestTiered())).isEqualTo(-1);
        }
    }

    @Test
    void deletedRecordsAreGone() throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start();
                KafkaProducer<String, String> producer = producer(daybook, Map.of());
                Admin admin = admin(daybook)) {
            daybook.createTopic("orders", 1);
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("orders", 0, "k", "v" + i)).get(30, TimeUnit.SECONDS);
            }
            TopicPartition partition = new TopicPartition("orders", 0);

            long low = admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(7)))
                    .lowWatermarks()
                    .get(partition)
                    .get(30, TimeUnit.SECONDS)
                    .lowWatermark();

            assertThat(low).isEqualTo(7);
            assertThat(readAll(daybook, "orders", 1, 3))
                    .extracting(ConsumerRecord::value)
                    .containsExactly("v7", "v8", "v9");
        }
    }

    @Test
    void drivesAndProducersAreDescribed() throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start(EmbeddedDaybook.Options.onDisk(directory));
                KafkaProducer<String, String> producer = producer(daybook, Map.of());
                Admin admin = admin(daybook)) {
            daybook.createTopic("orders", 1);
            producer.send(new ProducerRecord<>("orders", 0, "k", "v")).get(30, TimeUnit.SECONDS);
            TopicPartition partition = new TopicPartition("orders", 0);

            var dirs = admin.describeLogDirs(List.of(1))
                    .allDescriptions()
                    .get(30, TimeUnit.SECONDS)
                    .get(1);
            var producers = admin.describeProducers(List.of(partition))
                    .partitionResult(partition)
                    .get(30, TimeUnit.SECONDS)
                    .activeProducers();

            assertThat(dirs).hasSize(1);
            dirs.values().forEach(dir -> {
                assertThat(dir.totalBytes().getAsLong()).isPositive();
                assertThat(dir.replicaInfos().get(partition).size()).isPositive();
            });
            assertThat(producers).singleElement().satisfies(each -> {
                assertThat(each.lastSequence()).isZero();
                assertThat(each.producerEpoch()).isZero();
            });
        }
    }

    @Test
    void aRecordThatIsTooLargeIsRefusedAndTheNextOneIsNot() throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start();
                KafkaProducer<String, String> producer = producer(daybook, Map.of("max.request.size", "4000000"))) {
            daybook.createTopic("orders", 1);

            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("orders", 0, "k", "x".repeat(2_000_000)))
                            .get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RecordTooLargeException.class);
            assertThat(producer.send(new ProducerRecord<>("orders", 0, "k", "small"))
                            .get(30, TimeUnit.SECONDS)
                            .offset())
                    .isZero();
        }
    }

    @Test
    void aTransactionalProducerIsToldAtOnceThatItIsNotServed() {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start();
                KafkaProducer<String, String> producer =
                        producer(daybook, Map.of("transactional.id", "t", "max.block.ms", "20000"))) {
            long beginMs = System.currentTimeMillis();

            assertThatThrownBy(producer::initTransactions).isInstanceOf(KafkaException.class);
            assertThat(System.currentTimeMillis() - beginMs).isLessThan(10_000);
        }
    }

    @Test
    void aConsumerThatWaitsIsWokenAtOnce() throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start();
                KafkaProducer<String, String> producer = producer(daybook, Map.of());
                KafkaConsumer<String, String> consumer = consumer(daybook, Map.of("fetch.max.wait.ms", "10000"))) {
            daybook.createTopic("orders", 20);
            List<TopicPartition> partitions = IntStream.range(0, 20)
                    .mapToObj(i -> new TopicPartition("orders", i))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumer.poll(Duration.ofMillis(300));
            for (int i = 0; i < 50; i++) {
                producer.send(new ProducerRecord<>("orders", i % 20, "k", "v" + i))
                        .get(30, TimeUnit.SECONDS);
                long beginMs = System.currentTimeMillis();

                assertThat(consumer.poll(Duration.ofSeconds(10))).hasSize(1);
                assertThat(System.currentTimeMillis() - beginMs).isLessThan(5000);
            }
        }
    }

    private static long offset(Admin admin, TopicPartition partition, OffsetSpec spec) throws Exception {
        return admin.listOffsets(Map.of(partition, spec))
                .partitionResult(partition)
                .get(30, TimeUnit.SECONDS)
                .offset();
    }

    private static List<ConsumerRecord<String, String>> readAll(
            EmbeddedDaybook daybook, String topic, int partitionCount, int count) {
        try (KafkaConsumer<String, String> consumer = consumer(daybook, Map.of())) {
            List<TopicPartition> partitions = IntStream.range(0, partitionCount)
                    .mapToObj(i -> new TopicPartition(topic, i))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, String>> read = new ArrayList<>();
            long deadlineMs = System.currentTimeMillis() + 30_000;
            while (read.size() < count && System.currentTimeMillis() < deadlineMs) {
                consumer.poll(Duration.ofMillis(200)).forEach(read::add);
            }
            return read;
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedDaybook daybook, Map<String, String> settings) {
        return new KafkaProducer<>(with(daybook, settings), new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(EmbeddedDaybook daybook, Map<String, String> settings) {
        return new KafkaConsumer<>(with(daybook, settings), new StringDeserializer(), new StringDeserializer());
    }

    private static Admin admin(EmbeddedDaybook daybook) {
        return Admin.create(with(daybook, Map.of()));
    }

    private static Map<String, Object> with(EmbeddedDaybook daybook, Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", daybook.bootstrapServers());
        return all;
    }
}
