package io.daybook.benchmarks;

import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** The broker's CPU time and the throughput of {@code acks=all}, with and without fsync before the answer. */
final class ProduceRows {
    private static final int KIB = 1024;
    private static final List<Load> LOADS = List.of(
            new Load("unsynced-16k", true, 16 * KIB, "16 KiB batches, no fsync", 0.5, 1.0),
            new Load("unsynced-256k", true, 256 * KIB, "256 KiB batches, no fsync", 0.6, 1.0),
            new Load("default-16k", false, 16 * KIB, "16 KiB batches, Daybook with fsync", 0.8, 0.7),
            new Load("default-256k", false, 256 * KIB, "256 KiB batches, Daybook with fsync", 0.8, 0.7));

    private static final String SYNCED = "synced-16k";
    private static final Row SYNCED_THROUGHPUT =
            Row.atLeast("produce, 16 KiB batches, both with fsync (Kafka: flush.messages=1), throughput", "MB/s", 10);

    private final Subject subject;

    private record Load(
            String topic, boolean isUnsynced, int batchBytes, String name, double cpuGoal, double throughputGoal) {}

    ProduceRows(Subject subject) {
        this.subject = subject;
    }

    void measure() throws IOException, InterruptedException, ExecutionException {
        // Kafka's second compiler is at work through more than a gigabyte; what it takes would count for the first row
        warm("warm-16k", subject.unsynced(), 16 * KIB, subject.volume().produceBytes() / Payload.BYTES);
        for (Load load : LOADS) {
            measure(load);
        }
        measureSynced();
    }

    /** A load that is not measured. */
    private void warm(String topic, Map<String, String> configs, int batchBytes, long records)
            throws InterruptedException, ExecutionException {
        subject.clients().createTopic(topic, Subject.PARTITIONS, configs);
        subject.production(topic, Subject.PARTITIONS, batchBytes).send(subject.clients(), records);
    }

    /** For a time, not for a volume: Kafka is slow at this. */
    private void measureSynced() throws IOException, InterruptedException, ExecutionException {
        Clients clients = subject.clients();
        String warm = SYNCED + "-warm";
        clients.createTopic(warm, Subject.PARTITIONS, subject.synced());
        clients.createTopic(SYNCED, Subject.PARTITIONS, subject.synced());
        long records = subject.volume().produceBytes() / Payload.BYTES;
        long nanos = subject.volume().syncedSeconds() * 1_000_000_000L;
        subject.production(warm, Subject.PARTITIONS, 16 * KIB)
                .send(clients, Volume.warmUp(records), System.nanoTime() + Volume.warmUp(nanos));
        Subject.settle();
        Meter meter = new Meter(subject.broker());
        long[] counts = subject.production(SYNCED, Subject.PARTITIONS, 16 * KIB)
                .send(clients, records, System.nanoTime() + nanos);
        double megabytes = Arrays.stream(counts).sum() * Payload.BYTES / Subject.BYTES_PER_MB;
        subject.figures().add(SYNCED_THROUGHPUT, megabytes / meter.wallSeconds());
        subject.readBack(SYNCED, counts);
    }

    private void measure(Load load) throws IOException, InterruptedException, ExecutionException {
        // Daybook's default is fsync before the ack, Kafka's is none; Daybook also runs in Kafka's manner.
        Map<String, String> configs = load.isUnsynced() ? subject.unsynced() : Map.of();
        Clients clients = subject.clients();
        long records = subject.volume().produceBytes() / Payload.BYTES;
        clients.createTopic(load.topic(), Subject.PARTITIONS, configs);
        warm(load.topic() + "-warm", configs, load.batchBytes(), Volume.warmUp(records));
        Subject.settle();
        Meter meter = new Meter(subject.broker());
        long[] counts = subject.production(load.topic(), Subject.PARTITIONS, load.batchBytes())
                .send(clients, records);
        double seconds = meter.wallSeconds();
        double cpuSeconds = meter.cpuSeconds();
        double bytes = (double) records * Payload.BYTES;
        Row cpu = Row.atMost("produce, " + load.name() + ", broker CPU", "CPU s/GB", load.cpuGoal());
        Row throughput = Row.atLeast("produce, " + load.name() + ", throughput", "MB/s", load.throughputGoal());
        subject.figures().add(cpu, cpuSeconds / (bytes / Subject.BYTES_PER_GB));
        subject.figures().add(throughput, bytes / Subject.BYTES_PER_MB / seconds);
        subject.readBack(load.topic(), counts);
    }
}
