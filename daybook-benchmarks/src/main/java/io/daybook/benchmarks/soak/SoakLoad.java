package io.daybook.benchmarks.soak;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Idempotent producers at a fixed rate, a group of consumers, and topics that come and go. Each on a thread of its own. */
final class SoakLoad implements AutoCloseable {
    private static final String TOPIC = "soak";
    private static final int PARTITIONS = 12;
    private static final int PRODUCERS = 2;
    private static final int CONSUMERS = 2;
    private static final int RECORD_BYTES = 500;
    private static final int RECORDS_PER_TICK = 10;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int CHURN_PARTITIONS = 10;
    private static final long CHURN_MS = 5_000;

    private final String bootstrapServers;
    private final SequenceCheck check;
    private final List<Thread> producers = new ArrayList<>();
    private final List<Thread> others = new ArrayList<>();
    private volatile boolean isProducing = true;
    private volatile boolean isOver;

    SoakLoad(String bootstrapServers, SequenceCheck check) {
        this.bootstrapServers = bootstrapServers;
        this.check = check;
    }

    /** Segments are small, so that they roll and go all the time. */
    void start() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            NewTopic topic = new NewTopic(TOPIC, PARTITIONS, (short) 1)
                    .configs(Map.of("segment.bytes", "1048576", "retention.bytes", "4194304"));
            admin.createTopics(List.of(topic)).all().get();
        }
        for (int i = 0; i < CONSUMERS; i++) {
            run(others, "consumer-" + i, this::consume);
        }
        for (int i = 0; i < PRODUCERS; i++) {
            int producer = i;
            run(producers, "producer-" + i, () -> produce(producer));
        }
        run(others, "churn", this::churn);
    }

    /** No more records; those that were sent are acknowledged when it returns. */
    void stopProducing() throws InterruptedException {
        isProducing = false;
        for (Thread each : producers) {
            each.join();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopProducing();
        isOver = true;
        for (Thread each : others) {
            each.join();
        }
    }

    private void run(List<Thread> group, String name, Job job) {
        Thread thread = new Thread(
                () -> {
                    try {
                        job.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (ExecutionException | RuntimeException e) {
                        check.fault(name + ": " + e);
                    }
                },
                name);
        group.add(thread);
        thread.start();
    }

    private void produce(int producer) throws InterruptedException {
        long[] next = new long[PARTITIONS];
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", true, "linger.ms", 5);
        try (KafkaProducer<byte[], byte[]> client =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            long tickNanos = System.nanoTime();
            for (int round = 0; isProducing; round++) {
                for (int i = 0; i < RECORDS_PER_TICK; i++) {
                    int partition = (round * RECORDS_PER_TICK + i) % PARTITIONS;
                    send(client, new SequenceCheck.Stream(producer, partition), next[partition]++);
                }
                tickNanos += TICK_NANOS;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, tickNanos - System.nanoTime()));
            }
        }
    }

    private void send(KafkaProducer<byte[], byte[]> client, SequenceCheck.Stream stream, long number) {
        byte[] value = ByteBuffer.allocate(RECORD_BYTES)
                .putInt(stream.producer())
                .putLong(number)
                .array();
        client.send(new ProducerRecord<>(TOPIC, stream.partition(), null, value), (sent, failure) -> {
            if (failure == null) {
                check.acknowledged(stream, number);
            } else {
                check.fault(stream + ": number " + number + " was not taken: " + failure);
            }
        });
    }

    private void consume() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", "soakers");
        settings.put("auto.offset.reset", "earliest");
        settings.put("auto.commit.interval.ms", 1_000);
        try (KafkaConsumer<byte[], byte[]> client =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            client.subscribe(List.of(TOPIC), new Reassignments());
            while (!isOver) {
                for (ConsumerRecord<byte[], byte[]> each : client.poll(Duration.ofMillis(200))) {
                    ByteBuffer value = ByteBuffer.wrap(each.value());
                    check.read(new SequenceCheck.Stream(value.getInt(), each.partition()), value.getLong());
                }
            }
        }
    }

    /** There are always two or three of these topics, each with some records. */
    private void churn() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
                KafkaProducer<byte[], byte[]> client = new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (int i = 0; !isOver; i++) {
                String name = "churn-" + i;
                admin.createTopics(List.of(new NewTopic(name, CHURN_PARTITIONS, (short) 1)))
                        .all()
                        .get();
                for (int partition = 0; partition < CHURN_PARTITIONS; partition++) {
                    client.send(new ProducerRecord<>(name, partition, null, new byte[RECORD_BYTES]));
                }
                client.flush();
                if (i >= 2) {
                    admin.deleteTopics(List.of("churn-" + (i - 2))).all().get();
                }
                Thread.sleep(CHURN_MS);
            }
        }
    }

    /** What may end with an exception of its own. */
    @FunctionalInterface
    private interface Job {
        void run() throws InterruptedException, ExecutionException;
    }

    /** Tells the check which partitions begin at their last commit. */
    private final class Reassignments implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(each -> check.reassigned(each.partition()));
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(each -> check.reassigned(each.partition()));
        }
    }
}
