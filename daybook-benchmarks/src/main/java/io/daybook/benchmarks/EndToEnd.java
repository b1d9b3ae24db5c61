package io.daybook.benchmarks;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The time from when a record was due to be sent to when a consumer has it, at a steady rate. The time counts from the
 * moment in the plan, not from the call, so that a stall of the producer is not left out.
 */
final class EndToEnd {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long HIGHEST_NANOS = 60 * NANOS_PER_SECOND;
    /** Of equal length. A stall of the machine that hits one of them says nothing about either broker. */
    private static final int WINDOWS = 4;

    private static final Duration STALL = Duration.ofSeconds(30);

    private final Clients clients;
    private final int ratePerSecond;
    private final int seconds;
    private final LongConsumer writing;

    /** {@code writing} is told how many bytes the broker is about to write. */
    EndToEnd(Clients clients, int ratePerSecond, int seconds, LongConsumer writing) {
        this.clients = clients;
        this.ratePerSecond = ratePerSecond;
        this.seconds = seconds;
        this.writing = writing;
    }

    /** Nanoseconds of the records after the first fifth of the time, which warms up; one histogram for each window. */
    List<Histogram> measure(String topic) throws InterruptedException {
        int records = ratePerSecond * seconds;
        List<Histogram> windows = Stream.generate(() -> new Histogram(HIGHEST_NANOS, 3))
                .limit(WINDOWS)
                .toList();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        CountDownLatch listening = new CountDownLatch(1);
        Thread reader = new Thread(() -> read(topic, records, windows, listening), "end-to-end-reader");
        reader.setUncaughtExceptionHandler((thread, e) -> {
            failure.set(e);
            listening.countDown();
        });
        reader.start();
        listening.await();
        Acknowledgements acknowledgements = new Acknowledgements(topic, 1);
        send(topic, records, acknowledgements);
        reader.join();
        if (failure.get() != null) {
            throw new IllegalStateException("the consumer failed: " + failure.get(), failure.get());
        }
        acknowledgements.complete(new long[] {records});
        return windows;
    }

    private void send(String topic, int records, Acknowledgements acknowledgements) {
        try (KafkaProducer<byte[], byte[]> producer = clients.producer(Map.of("linger.ms", 0))) {
            producer.partitionsFor(topic);
            Payload payload = new Payload();
            long startNanos = System.nanoTime();
            for (int i = 0; i < records; i++) {
                long dueNanos = startNanos + i * NANOS_PER_SECOND / ratePerSecond;
                long leftNanos = dueNanos - System.nanoTime();
                while (leftNanos > 0) {
                    LockSupport.parkNanos(leftNanos);
                    leftNanos = dueNanos - System.nanoTime();
                }
                producer.send(
                        new ProducerRecord<>(topic, 0, null, payload.of(0, i, dueNanos)),
                        (metadata, refusal) -> acknowledgements.accept(0, metadata, refusal));
                writing.accept(Payload.BYTES);
            }
            producer.flush();
        }
    }

    private void read(String topic, int records, List<Histogram> windows, CountDownLatch listening) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Arrivals arrivals = new Arrivals(topic, 0);
        long warmUp = Volume.warmUp(records);
        try (KafkaConsumer<byte[], byte[]> consumer = clients.consumer(Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            consumer.position(partition);
            listening.countDown();
            while (arrivals.next() < records) {
                long before = arrivals.next();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(STALL)) {
                    long latencyNanos = System.nanoTime() - Payload.dueNanos(record.value());
                    arrivals.accept(record.offset(), record.value());
                    long measured = arrivals.next() - 1 - warmUp;
                    if (measured >= 0) {
                        windows.get((int) (measured * WINDOWS / (records - warmUp)))
                                .recordValue(Math.min(HIGHEST_NANOS, latencyNanos));
                    }
                }
                if (arrivals.next() == before) {
                    arrivals.complete(records);
                }
            }
        }
    }
}
