package io.daybook.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.it.fixture.DaybookProcess;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many records of each codec, read back identical. How many: {@code -Dcodec.mib}, 1024 in the campaign of
 * CONTRIBUTING.md.
 */
class CodecTest {

    private static final int VALUE_BYTES = 8 * 1024;
    private static final int PARTITIONS = 4;
    private static final int COUNT = Integer.getInteger("codec.mib", 24) * (1024 * 1024 / VALUE_BYTES);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int QUIET_POLLS = 20;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void everyByteComesBackInOrder(String codec) throws Exception {
        try (DaybookProcess server = DaybookProcess.start(directory.resolve(codec))) {
            createTopic(server, codec);

            List<CRC32C> sent = produce(server, codec);
            List<CRC32C> read = consume(server, codec);

            assertThat(read.stream().map(CRC32C::getValue).toList())
                    .isEqualTo(sent.stream().map(CRC32C::getValue).toList());
        }
    }

    private static void createTopic(DaybookProcess server, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static List<CRC32C> produce(DaybookProcess server, String codec) throws Exception {
        List<CRC32C> sums = sums();
        Random random = new Random(codec.hashCode());
        Map<String, Object> configs = Map.of(
                "bootstrap.servers",
                server.bootstrap(),
                "compression.type",
                codec,
                "batch.size",
                256 * 1024,
                "linger.ms",
                5,
                "acks",
                "all");
        List<Future<RecordMetadata>> last = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < COUNT; i++) {
                byte[] value = value(i, random);
                int partition = i % PARTITIONS;
                sums.get(partition).update(value);
                last.add(producer.send(new ProducerRecord<>(codec, partition, null, value)));
                if (last.size() == 10_000) {
                    waitForAll(last);
                }
            }
            producer.flush();
            waitForAll(last);
        }
        return sums;
    }

    private static void waitForAll(List<Future<RecordMetadata>> sent) throws Exception {
        for (Future<RecordMetadata> future : sent) {
            future.get();
        }
        sent.clear();
    }

    private static List<CRC32C> consume(DaybookProcess server, String codec) {
        List<CRC32C> sums = sums();
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            partitions.add(new TopicPartition(codec, partition));
        }
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", server.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            int count = 0;
            int quietPolls = 0;
            while (count < COUNT && quietPolls < QUIET_POLLS) {
                quietPolls++;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    sums.get(record.partition()).update(record.value());
                    count++;
                    quietPolls = 0;
                }
            }
            assertThat(count).isEqualTo(COUNT);
            assertThat(consumer.endOffsets(partitions).values()).allMatch(end -> end == COUNT / PARTITIONS);
        }
        return sums;
    }

    /** Half of it compresses well, as logs do. */
    private static byte[] value(int index, Random random) {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        for (int i = VALUE_BYTES / 2; i < VALUE_BYTES; i++) {
            value[i] = (byte) ('a' + i % 16);
        }
        ByteBuffer.wrap(value).putInt(index);
        return value;
    }

    private static List<CRC32C> sums() {
        List<CRC32C> sums = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            sums.add(new CRC32C());
        }
        return sums;
    }
}
