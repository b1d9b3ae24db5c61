package io.daybook.it.crash;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Idempotent producers of kafka-clients that go on through every crash. Each writes its own numbers, from 0 on without a
 * gap, to its own partition, and remembers which were acknowledged and where.
 */
final class Writers implements AutoCloseable {
    private static final int IN_FLIGHT_LIMIT = 2_000;

    private final String topic;
    private final int partitions;
    private final Map<String, Object> settings;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<Integer, Map<Long, Long>> acknowledged = new ConcurrentHashMap<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean stopping;

    Writers(String bootstrapServers, String topic, int partitions) {
        this.topic = topic;
        this.partitions = partitions;
        this.settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "enable.idempotence", true,
                "linger.ms", 1,
                "batch.size", 4096,
                "delivery.timeout.ms", 300_000,
                "request.timeout.ms", 5_000,
                "retry.backoff.ms", 20,
                "reconnect.backoff.ms", 20,
                "reconnect.backoff.max.ms", 100);
    }

    void start() {
        for (int partition = 0; partition < partitions; partition++) {
            int own = partition;
            acknowledged.put(own, new ConcurrentHashMap<>());
            Thread thread = new Thread(() -> write(own), "writer-" + own);
            thread.setUncaughtExceptionHandler((who, e) -> failure.compareAndSet(null, e));
            threads.add(thread);
            thread.start();
        }
    }

    /** How many records were acknowledged so far. */
    long acknowledgedCount() {
        return acknowledged.values().stream().mapToLong(Map::size).sum();
    }

    /** The acknowledged numbers of a partition, each with its offset. */
    Map<Long, Long> acknowledged(int partition) {
        return Map.copyOf(acknowledged.get(partition));
    }

    /** Stops, after everything that was sent has its answer. Throws what went wrong. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new AssertionError("a producer that may retry for minutes failed", failure.get());
        }
    }

    private void write(int partition) {
        Map<Long, Long> acks = acknowledged.get(partition);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            long sent = 0;
            while (!stopping && failure.get() == null) {
                if (sent - acks.size() >= IN_FLIGHT_LIMIT) {
                    Thread.onSpinWait();
                    Thread.yield();
                    continue;
                }
                long number = sent++;
                byte[] value = (partition + ":" + number + ":" + "x".repeat((int) (number % 300)))
                        .getBytes(StandardCharsets.US_ASCII);
                producer.send(new ProducerRecord<>(topic, partition, null, value), (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    } else {
                        acks.put(number, metadata.offset());
                    }
                });
            }
        }
    }
}
