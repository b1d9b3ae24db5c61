package io.daybook.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic from its beginning to its end, and checks every record.
 *
 * @param topic was filled by one {@link Production}
 * @param consumers among which the partitions are divided; each reads on a thread of its own
 * @param passes how often all of it is read
 */
record Consumption(String topic, int consumers, int passes) {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long STALL_NANOS = 60_000_000_000L;
    private static final int MAX_PARTITION_FETCH_BYTES = 1 << 20;

    /**
     * Returns when everything was read.
     *
     * @param counts how many records each partition holds
     */
    void run(Clients clients, long[] counts) throws InterruptedException {
        List<Integer> partitions = new ArrayList<>();
        for (int partition = 0; partition < counts.length; partition++) {
            partitions.add(partition);
        }
        run(clients, counts, partitions);
    }

    /** The same for some of the partitions. */
    void run(Clients clients, long[] counts, List<Integer> partitions) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int c = 0; c < consumers; c++) {
            int share = c;
            List<Integer> mine = partitions.stream()
                    .filter(partition -> partition % consumers == share)
                    .toList();
            Thread thread = new Thread(() -> read(clients, counts, mine), "consumer-" + c);
            thread.setUncaughtExceptionHandler((dead, e) -> failure.compareAndSet(null, e));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("reading " + topic + " failed: " + failure.get(), failure.get());
        }
    }

    private void read(Clients clients, long[] counts, List<Integer> partitions) {
        List<TopicPartition> mine = partitions.stream()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer =
                clients.consumer(Map.of("max.partition.fetch.bytes", MAX_PARTITION_FETCH_BYTES))) {
            consumer.assign(mine);
            for (int pass = 0; pass < passes; pass++) {
                consumer.seekToBeginning(mine);
                pass(consumer, counts, partitions);
            }
        }
    }

    private void pass(KafkaConsumer<byte[], byte[]> consumer, long[] counts, List<Integer> partitions) {
        Map<Integer, Arrivals> arrivals = new HashMap<>();
        long missing = 0;
        for (int partition : partitions) {
            arrivals.put(partition, new Arrivals(topic, partition));
            missing += counts[partition];
        }
        long lastNanos = System.nanoTime();
        while (missing > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Objects.requireNonNull(arrivals.get(record.partition())).accept(record.offset(), record.value());
                missing--;
                lastNanos = System.nanoTime();
            }
            if (System.nanoTime() - lastNanos > STALL_NANOS) {
                throw new WrongResult(topic + ": nothing more comes, " + missing + " records are missing");
            }
        }
        arrivals.forEach((partition, each) -> each.complete(counts[partition]));
    }
}
