package io.daybook.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What the clients do to a broker. The clients are Apache Kafka's own, for both brokers. */
final class Workload {
    static final int RECORD_BYTES = 1024;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long STALL_NANOS = 60_000_000_000L;

    private final String bootstrapServers;
    private final byte[] payload = new byte[RECORD_BYTES];

    Workload(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        byte[] noise = new byte[RECORD_BYTES];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt();
        }
        System.arraycopy(noise, 0, payload, 0, noise.length);
    }

    void createTopic(String topic, int partitions, Map<String, String> configs)
            throws InterruptedException, ExecutionException {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrapServers);
        try (Admin admin = Admin.create(properties)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configs)))
                    .all()
                    .get();
            // Asks the leaders: a broker that is not ready to lead refuses the first batches of an idempotent producer
            // and
            // takes later ones, which Apache Kafka does not get over.
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
            admin.listOffsets(ends).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** Sends one record and waits for its acknowledgement; the topic is made by the broker on the way. */
    void firstRecord(String topic) throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> producer =
                producer(Map.of("reconnect.backoff.ms", 10, "retry.backoff.ms", 10))) {
            producer.send(new ProducerRecord<>(topic, payload)).get();
        }
    }

    /** Sends so many records with {@code acks=all}, in turns to all partitions, and waits for the last acknowledgement. */
    void produce(String topic, int partitions, long records, int batchBytes) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Map<String, Object> settings = new HashMap<>();
        settings.put("batch.size", batchBytes);
        settings.put("linger.ms", batchBytes == 0 ? 0 : 5);
        settings.put("buffer.memory", 64L * 1024 * 1024);
        settings.put("max.request.size", 8 * 1024 * 1024);
        try (KafkaProducer<byte[], byte[]> producer = producer(settings)) {
            for (long i = 0; i < records; i++) {
                // A batch for one partition after the other, as the default partitioner fills them.
                int perBatch = Math.max(1, batchBytes / RECORD_BYTES);
                int partition = (int) ((i / perBatch) % partitions);
                producer.send(new ProducerRecord<>(topic, partition, null, payload), (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
            }
            producer.flush();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("a record was refused", failure.get());
        }
    }

    /** Reads the topic from begin to end with one consumer for each share of the partitions, and checks the count. */
    void consume(String topic, int partitions, int consumers, long records) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        long[] counts = new long[consumers];
        Thread[] threads = new Thread[consumers];
        for (int c = 0; c < consumers; c++) {
            int share = c;
            threads[c] = new Thread(() -> counts[share] = consumeShare(topic, partitions, consumers, share));
            threads[c].setUncaughtExceptionHandler((thread, e) -> failure.compareAndSet(null, e));
            threads[c].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long total = Arrays.stream(counts).sum();
        if (failure.get() != null || total != records) {
            throw new IllegalStateException(total + " of " + records + " records were read", failure.get());
        }
    }

    private long consumeShare(String topic, int partitions, int consumers, int share) {
        List<TopicPartition> mine = IntStream.range(0, partitions)
                .filter(partition -> partition % consumers == share)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(Map.of("max.partition.fetch.bytes", 1024 * 1024))) {
            consumer.assign(mine);
            consumer.seekToBeginning(mine);
            Map<TopicPartition, Long> next = new HashMap<>(consumer.beginningOffsets(mine));
            Map<TopicPartition, Long> ends = consumer.endOffsets(mine);
            long count = 0;
            long lastNanos = System.nanoTime();
            while (!next.equals(ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    if (record.offset() != Objects.requireNonNull(next.get(partition))) {
                        throw new IllegalStateException(partition + ": offset " + record.offset() + " where "
                                + next.get(partition) + " was due");
                    }
                    next.put(partition, record.offset() + 1);
                    count++;
                    lastNanos = System.nanoTime();
                }
                if (System.nanoTime() - lastNanos > STALL_NANOS) {
                    throw new IllegalStateException("nothing more comes at " + next + ", the ends are " + ends);
                }
            }
            return count;
        }
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
}
