package io.daybook.it.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.it.fixture.DaybookProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code -Dscale.partitions} partitions (5,000) get a record each, fall idle, and are there again after {@code kill -9} and
 * after a stop in order. Times are printed; what they cost in memory and files is asserted.
 */
@Timeout(3_600)
class ManyPartitionsTest {
    private static final int PARTITIONS_PER_TOPIC = 100;
    private static final int TOPICS_PER_REQUEST = 100;
    private static final int PARTITIONS_PER_PORTION = 5_000;
    /** For one that was used and is idle now. */
    private static final long MAX_HEAP_BYTES = 1024;
    /** What the server opens for itself while it runs: the journal, a connection more or less. */
    private static final long MAX_OTHER_FILES = 20;

    private static final long IDLE_TIMEOUT_MS = 120_000;

    private final int topics = Math.max(1, Integer.getInteger("scale.partitions", 5_000) / PARTITIONS_PER_TOPIC);
    private final int partitions = topics * PARTITIONS_PER_TOPIC;

    @TempDir
    Path directory;

    @Test
    void anIdlePartitionCostsAtMostOneKibibyteAndNoFileAndAllComeBack() throws Exception {
        try (DaybookProcess server = start()) {
            timed("create", () -> create(server));
            produceOne(server);
            ServerMemory before = ServerMemory.of(server);
            timed("produce", () -> produce(server));
            report("used", before, ServerMemory.of(server));
            timed("fall idle", () -> awaitIdle(server, before));
            report("idle", before, ServerMemory.of(server));
            server.kill9();
        }
        try (DaybookProcess server = start()) {
            System.out.printf("ready after kill -9 in %d ms%n", server.readyAfterMs());
            timed("ask for all ends", () -> assertOneRecordEach(server));
            timed("stop", () -> assertThat(server.stop()).isZero());
        }
        try (DaybookProcess server = start()) {
            System.out.printf("ready after a stop in %d ms%n", server.readyAfterMs());
            timed("ask for all ends", () -> assertOneRecordEach(server));
        }
    }

    private DaybookProcess start() {
        return DaybookProcess.start(directory.resolve("data"), "--set", "log.retention.check.interval.ms=2000");
    }

    private void create(DaybookProcess server) throws Exception {
        try (Admin admin = admin(server)) {
            for (int from = 0; from < topics; from += TOPICS_PER_REQUEST) {
                List<NewTopic> some = new ArrayList<>();
                for (int i = from; i < Math.min(topics, from + TOPICS_PER_REQUEST); i++) {
                    some.add(new NewTopic("t" + i, PARTITIONS_PER_TOPIC, (short) 1));
                }
                admin.createTopics(some).all().get();
            }
        }
    }

    /** Loads the classes of it, which is not to be counted. */
    private static void produceOne(DaybookProcess server) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", server.bootstrap());
        try (Admin admin = admin(server);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic("first", 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>("first", new byte[100])).get();
        }
    }

    private void produce(DaybookProcess server) throws Exception {
        for (List<TopicPartition> some : portions()) {
            produce(server, some);
        }
    }

    private static void produce(DaybookProcess server, List<TopicPartition> some) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", server.bootstrap(), "batch.size", 512, "buffer.memory", 128 << 20, "linger.ms", 5);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (TopicPartition each : some) {
                sent.add(producer.send(new ProducerRecord<>(each.topic(), each.partition(), null, new byte[100])));
            }
            for (Future<RecordMetadata> each : sent) {
                assertThat(each.get().offset()).isZero();
            }
        }
    }

    private void assertOneRecordEach(DaybookProcess server) throws Exception {
        try (Admin admin = admin(server)) {
            for (List<TopicPartition> some : portions()) {
                Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
                some.forEach(each -> latest.put(each, OffsetSpec.latest()));
                Map<TopicPartition, ListOffsetsResultInfo> ends =
                        admin.listOffsets(latest).all().get();
                assertThat(ends).hasSameSizeAs(some);
                assertThat(ends.values()).allMatch(end -> end.offset() == 1);
            }
        }
    }

    /** All partitions; what a client does for them grows with the square of how many it has at once. */
    private List<List<TopicPartition>> portions() {
        List<TopicPartition> all = new ArrayList<>(partitions);
        for (int topic = 0; topic < topics; topic++) {
            for (int i = 0; i < PARTITIONS_PER_TOPIC; i++) {
                all.add(new TopicPartition("t" + topic, i));
            }
        }
        List<List<TopicPartition>> portions = new ArrayList<>();
        for (int from = 0; from < partitions; from += PARTITIONS_PER_PORTION) {
            portions.add(all.subList(from, Math.min(partitions, from + PARTITIONS_PER_PORTION)));
        }
        return portions;
    }

    /** The files are closed first; what a log keeps in memory goes when the close is through. */
    private void awaitIdle(DaybookProcess server, ServerMemory before) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(IDLE_TIMEOUT_MS);
        while (ServerMemory.openFiles(server) > before.openFiles() + MAX_OTHER_FILES) {
            assertThat(System.nanoTime())
                    .as("files of idle partitions are closed")
                    .isLessThan(deadlineNanos);
            Thread.sleep(200);
        }
        for (long bytes = heapPerPartition(server, before);
                bytes > MAX_HEAP_BYTES;
                bytes = heapPerPartition(server, before)) {
            assertThat(System.nanoTime())
                    .as("%d bytes of heap for each idle partition become at most %d", bytes, MAX_HEAP_BYTES)
                    .isLessThan(deadlineNanos);
            Thread.sleep(1_000);
        }
    }

    private long heapPerPartition(DaybookProcess server, ServerMemory before) {
        return (ServerMemory.of(server).heapBytes() - before.heapBytes()) / partitions;
    }

    private static Admin admin(DaybookProcess server) {
        return Admin.create(Map.of(
                "bootstrap.servers",
                server.bootstrap(),
                "request.timeout.ms",
                "120000",
                "default.api.timeout.ms",
                "240000"));
    }

    private void report(String when, ServerMemory before, ServerMemory now) {
        System.out.printf(
                "%s: heap %d bytes per partition, RSS %d MB, %d open files%n",
                when, (now.heapBytes() - before.heapBytes()) / partitions, now.rssKib() >> 10, now.openFiles());
    }

    private static void timed(String what, Step step) throws Exception {
        long beginNanos = System.nanoTime();
        step.run();
        System.out.printf("%s: %d ms%n", what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos));
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }
}
