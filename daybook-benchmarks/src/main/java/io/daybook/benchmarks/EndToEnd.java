package io.daybook.benchmarks;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The time from when a record was due to be sent to when a consumer has it, at a steady rate. The time counts from the
 * moment in the plan, not from the call, so that a stall of the producer is not left out.
 */
final class EndToEnd {
    private static final double NANOS_PER_MS = 1_000_000.0;
    private static final long HIGHEST_NANOS = 60_000_000_000L;
    private static final int WARM_UP_PERCENT = 20;

    private final Workload workload;

    EndToEnd(Workload workload) {
        this.workload = workload;
    }

    /**
     * Percentiles in milliseconds.
     *
     * @param percents which ones, for example 99.9
     */
    double[] measure(String topic, int ratePerSecond, int seconds, double... percents) throws InterruptedException {
        int records = ratePerSecond * seconds;
        Histogram histogram = new Histogram(HIGHEST_NANOS, 3);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch listening = new CountDownLatch(1);
        Thread reader = new Thread(() -> read(topic, records, histogram, listening));
        reader.setUncaughtExceptionHandler((thread, e) -> {
            failure.set(e);
            listening.countDown();
        });
        reader.start();
        listening.await();
        try (KafkaProducer<byte[], byte[]> producer = workload.producer(Map.of("linger.ms", 0))) {
            long startNanos = System.nanoTime();
            for (int i = 0; i < records; i++) {
                long dueNanos = startNanos + i * 1_000_000_000L / ratePerSecond;
                while (System.nanoTime() < dueNanos) {
                    LockSupport.parkNanos(Math.max(1, dueNanos - System.nanoTime()));
                }
                byte[] value = ByteBuffer.allocate(Workload.RECORD_BYTES)
                        .putLong(dueNanos)
                        .putInt(i)
                        .array();
                producer.send(new ProducerRecord<>(topic, 0, null, value));
            }
            producer.flush();
        }
        reader.join();
        if (failure.get() != null) {
            throw new IllegalStateException("the consumer failed", failure.get());
        }
        double[] values = new double[percents.length];
        for (int i = 0; i < percents.length; i++) {
            values[i] = histogram.getValueAtPercentile(percents[i]) / NANOS_PER_MS;
        }
        return values;
    }

    private void read(String topic, int records, Histogram histogram, CountDownLatch listening) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = workload.consumer(Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            listening.countDown();
            int next = 0;
            while (next < records) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(30))) {
                    long nowNanos = System.nanoTime();
                    ByteBuffer value = ByteBuffer.wrap(record.value());
                    long latencyNanos = nowNanos - value.getLong();
                    if (value.getInt() != next) {
                        throw new IllegalStateException("record " + next + " is missing or out of order");
                    }
                    next++;
                    if (next > records * WARM_UP_PERCENT / 100) {
                        histogram.recordValue(Math.min(HIGHEST_NANOS, latencyNanos));
                    }
                }
            }
        }
    }
}
