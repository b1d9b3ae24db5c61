package io.daybook.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Apache Kafka's own clients, connected to either broker. */
final class Clients {
    /** A broker that is about to listen is asked again at once. */
    private static final Map<String, Object> IMPATIENT = Map.of(
            "reconnect.backoff.ms", 5,
            "reconnect.backoff.max.ms", 5,
            "retry.backoff.ms", 5,
            "retry.backoff.max.ms", 10);

    private static final int TIMEOUT_MS = 180_000;
    private static final long RETRY_MS = 20;

    private final String bootstrapServers;

    Clients(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    Admin admin() {
        return admin(Map.of());
    }

    Admin admin(Map<String, Object> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put("bootstrap.servers", bootstrapServers);
        return Admin.create(properties);
    }

    KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", bootstrapServers);
        all.put("acks", "all");
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", bootstrapServers);
        all.put("auto.offset.reset", "earliest");
        all.put("enable.auto.commit", false);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void createTopic(String topic, int partitions, Map<String, String> configs)
            throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configs)))
                    .all()
                    .get();
            // Asks the leaders: a broker that is not ready to lead refuses the first batches of an idempotent
            // producer and takes later ones, which Apache Kafka does not get over.
            endOffsets(admin, topic, partitions);
        }
    }

    /** Fails when the partitions do not end after so many records. */
    void checkEnds(String topic, long[] counts) throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            Map<TopicPartition, Long> ends = endOffsets(admin, topic, counts.length);
            for (int partition = 0; partition < counts.length; partition++) {
                Long end = ends.get(new TopicPartition(topic, partition));
                if (end == null || end != counts[partition]) {
                    throw new WrongResult(topic + "-" + partition + " ends at " + end + " after " + counts[partition]
                            + " acknowledged records");
                }
            }
        }
    }

    long[] ends(String topic, int partitions) throws InterruptedException, ExecutionException {
        long[] ends = new long[partitions];
        try (Admin admin = admin()) {
            endOffsets(admin, topic, partitions).forEach((partition, end) -> ends[partition.partition()] = end);
        }
        return ends;
    }

    private static Map<TopicPartition, Long> endOffsets(Admin admin, String topic, int partitions)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        IntStream.range(0, partitions)
                .forEach(partition -> latest.put(new TopicPartition(topic, partition), OffsetSpec.latest()));
        return endOffsets(admin, latest);
    }

    /** Asks until all leaders answer: a broker may need a moment to know what it has made. */
    static Map<TopicPartition, Long> endOffsets(Admin admin, Map<TopicPartition, OffsetSpec> latest)
            throws InterruptedException, ExecutionException {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (true) {
            try {
                Map<TopicPartition, Long> ends = new HashMap<>();
                admin.listOffsets(latest).all().get().forEach((partition, info) -> ends.put(partition, info.offset()));
                return ends;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadlineNanos) {
                    throw e;
                }
                Thread.sleep(RETRY_MS);
            }
        }
    }

    /** Sends one record and waits for its acknowledgement; the topic is made by the broker on the way. */
    void firstRecord(String topic) throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> producer = producer(IMPATIENT)) {
            producer.send(new ProducerRecord<>(topic, new Payload().of(0, 0, 0)))
                    .get();
        }
    }
}
