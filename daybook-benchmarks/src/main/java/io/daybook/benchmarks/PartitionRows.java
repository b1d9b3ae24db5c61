package io.daybook.benchmarks;

import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Many partitions with one record in each: making them, what they cost in memory, and coming back with them, which ends
 * when each one answers for its end offset. The broker has a directory of its own.
 */
final class PartitionRows {
    /** More in one request exceeds what Kafka's controller does in one go. */
    private static final int TOPICS_PER_REQUEST = 10;

    private static final int PARTITIONS_PER_TOPIC = 100;
    private static final int TIMEOUT_MS = 180_000;

    private final Place place;
    private final Volume volume;
    private final Figures figures;
    private final String name;

    PartitionRows(Place place, Volume volume, Figures figures) {
        this.place = place;
        this.volume = volume;
        this.figures = figures;
        this.name = String.format(Locale.ROOT, "%,d partitions", volume.topics() * PARTITIONS_PER_TOPIC);
    }

    void measure() throws IOException, InterruptedException, ExecutionException {
        try (BrokerProcess broker = place.start()) {
            broker.awaitPort();
            Clients clients = new Clients(broker.bootstrapServers());
            clients.firstRecord("first");
            Meter meter = new Meter(broker);
            create(clients);
            awaitEnds(clients, 0);
            figures.add(Row.atMost("create " + name + ", wall", "s", 0.1), meter.wallSeconds());
            fill(clients);
            awaitEnds(clients, 1);
            Thread.sleep(volume.idleMs());
            figures.add(Row.atMost("memory (RSS) with " + name, "MiB", 0.35), broker.rssMib());
        }
        try (BrokerProcess broker = place.start()) {
            restarted(broker, "clean restart with " + name);
            broker.kill();
        }
        try (BrokerProcess broker = place.start()) {
            restarted(broker, "restart with " + name + " after kill -9");
        }
    }

    private void restarted(BrokerProcess broker, String what)
            throws IOException, InterruptedException, ExecutionException {
        broker.awaitPort();
        Clients clients = new Clients(broker.bootstrapServers());
        awaitEnds(clients, 1);
        double seconds = (System.nanoTime() - broker.startedNanos()) / Subject.NANOS_PER_SECOND;
        figures.add(Row.atMost(what + ", wall", "s", 0.2), seconds);
        long[] counts = new long[PARTITIONS_PER_TOPIC];
        Arrays.fill(counts, 1);
        new Consumption(topic(volume.topics() - 1), 1, 1).run(clients, counts);
    }

    private void create(Clients clients) throws InterruptedException, ExecutionException {
        try (Admin admin = patient(clients)) {
            for (int first = 0; first < volume.topics(); first += TOPICS_PER_REQUEST) {
                List<NewTopic> topics = new ArrayList<>();
                for (int t = first; t < Math.min(volume.topics(), first + TOPICS_PER_REQUEST); t++) {
                    topics.add(new NewTopic(topic(t), PARTITIONS_PER_TOPIC, (short) 1));
                }
                admin.createTopics(topics).all().get();
            }
        }
    }

    /** One record for each partition. */
    private void fill(Clients clients) {
        Payload payload = new Payload();
        List<Acknowledgements> all = new ArrayList<>();
        long[] ones = new long[PARTITIONS_PER_TOPIC];
        Arrays.fill(ones, 1);
        try (KafkaProducer<byte[], byte[]> producer = clients.producer(
                Map.of("batch.size", 0, "max.block.ms", TIMEOUT_MS, "delivery.timeout.ms", TIMEOUT_MS))) {
            for (int t = 0; t < volume.topics(); t++) {
                Acknowledgements acknowledgements = new Acknowledgements(topic(t), PARTITIONS_PER_TOPIC);
                all.add(acknowledgements);
                for (int p = 0; p < PARTITIONS_PER_TOPIC; p++) {
                    int partition = p;
                    producer.send(
                            new ProducerRecord<>(topic(t), partition, null, payload.of(partition, 0, 0)),
                            (metadata, refusal) -> acknowledgements.accept(partition, metadata, refusal));
                }
            }
            producer.flush();
        }
        all.forEach(each -> each.complete(ones));
    }

    /**
     * Returns when every partition has answered, and fails when one ends elsewhere. Asks for some topics at a time: what the
     * client does for an answer grows with all that it has asked for.
     */
    private void awaitEnds(Clients clients, long end) throws InterruptedException, ExecutionException {
        try (Admin admin = patient(clients)) {
            for (int first = 0; first < volume.topics(); first += TOPICS_PER_REQUEST) {
                Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
                for (int t = first; t < Math.min(volume.topics(), first + TOPICS_PER_REQUEST); t++) {
                    for (int partition = 0; partition < PARTITIONS_PER_TOPIC; partition++) {
                        latest.put(new TopicPartition(topic(t), partition), OffsetSpec.latest());
                    }
                }
                Clients.endOffsets(admin, latest).forEach((partition, actual) -> {
                    if (actual != end) {
                        throw new WrongResult(partition + " ends at " + actual + " instead of " + end);
                    }
                });
            }
        }
    }

    private static Admin patient(Clients clients) {
        return clients.admin(Map.of(
                "default.api.timeout.ms",
                TIMEOUT_MS,
                "retry.backoff.ms",
                20,
                "retry.backoff.max.ms",
                50,
                "reconnect.backoff.ms",
                5,
                "reconnect.backoff.max.ms",
                20));
    }

    private static String topic(int number) {
        return "many-" + number;
    }
}
