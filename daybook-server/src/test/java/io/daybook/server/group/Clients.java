package io.daybook.server.group;

import io.daybook.server.EmbeddedDaybook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients against a broker in this process; closed together. Not for several threads. */
final class Clients implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long TIMEOUT_NANOS = Duration.ofSeconds(30).toNanos();

    private final String bootstrapServers;
    private final List<AutoCloseable> open = new ArrayList<>();

    Clients(EmbeddedDaybook daybook) {
        this.bootstrapServers = daybook.bootstrapServers();
    }

    /** A consumer of a group; pairs of keys and values are further settings, empty ones take away. */
    KafkaConsumer<String, String> consumer(String groupId, String... settings) {
        Map<String, Object> config = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrapServers,
                "group.id", groupId,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "heartbeat.interval.ms", "100",
                "session.timeout.ms", "10000",
                "max.poll.records", "100",
                "key.deserializer", StringDeserializer.class.getName(),
                "value.deserializer", StringDeserializer.class.getName()));
        for (int i = 0; i < settings.length; i += 2) {
            if (settings[i + 1].isEmpty()) {
                config.remove(settings[i]);
            } else {
                config.put(settings[i], settings[i + 1]);
            }
        }
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(config);
        open.add(() -> consumer.close(CloseOptions.timeout(Duration.ofSeconds(1))));
        return consumer;
    }

    /** The same for the consumer protocol, where the broker decides on heartbeats and sessions. */
    KafkaConsumer<String, String> modernConsumer(String groupId, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of("group.protocol", "consumer", "heartbeat.interval.ms", "", "session.timeout.ms", ""));
        return consumer(groupId, all.toArray(String[]::new));
    }

    Admin admin() {
        Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        open.add(admin);
        return admin;
    }

    /** One record for each of the numbers, spread over the partitions; acknowledged when this returns. */
    void produce(String topic, int partitionCount, int from, int to) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrapServers,
                "key.serializer", StringSerializer.class.getName(),
                "value.serializer", StringSerializer.class.getName());
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(config)) {
            for (int i = from; i < to; i++) {
                producer.send(new ProducerRecord<>(topic, i % partitionCount, null, Integer.toString(i)));
            }
            producer.flush();
        }
    }

    /** Polls all consumers in turn until the condition holds; the values of what came are added to {@code values}. */
    static void pollUntil(
            List<KafkaConsumer<String, String>> consumers, List<String> values, BooleanSupplier condition) {
        long startNanos = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNanos > TIMEOUT_NANOS) {
                throw new AssertionError("not in time; assignments: "
                        + consumers.stream().map(KafkaConsumer::assignment).toList() + ", values: " + values.size());
            }
            for (KafkaConsumer<String, String> consumer : consumers) {
                for (ConsumerRecord<String, String> each : consumer.poll(POLL)) {
                    values.add(each.value());
                }
            }
        }
    }

    /** Whether every partition belongs to exactly one of them, and nobody has none. */
    static boolean share(List<KafkaConsumer<String, String>> consumers, int partitionCount) {
        List<TopicPartition> all = new ArrayList<>();
        for (KafkaConsumer<String, String> consumer : consumers) {
            if (consumer.assignment().isEmpty()) {
                return false;
            }
            all.addAll(consumer.assignment());
        }
        return all.size() == partitionCount && all.stream().distinct().count() == partitionCount;
    }

    /** Whether the positions of their partitions add up to this: what was read before a rebalance does not count. */
    static boolean standAt(List<KafkaConsumer<String, String>> consumers, long positions) {
        long sum = 0;
        for (KafkaConsumer<String, String> consumer : consumers) {
            for (TopicPartition each : consumer.assignment()) {
                sum += consumer.position(each);
            }
        }
        return sum == positions;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }
}
