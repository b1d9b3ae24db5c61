package io.daybook.benchmarks;

import io.daybook.benchmarks.Contestant.Setup;
import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** One broker from its start to its end, under every load in turn. */
final class Round {
    private static final double BYTES_PER_GB = 1e9;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int KIB = 1024;
    private static final int PARTITIONS = 16;
    private static final long IDLE_MS = 3_000;
    private static final double[] PERCENTS = {50, 99, 99.9};

    private final Setup setup;
    private final Contestant contestant;
    private final Volume volume;
    private final int port;
    private final List<Sample> samples = new ArrayList<>();

    /**
     * How much is done.
     *
     * @param produceBytes for each of the throughput loads
     * @param singleRecords for the load of requests with one record
     * @param latencySeconds for each rate
     */
    record Volume(long produceBytes, int singleRecords, int latencySeconds) {
        static final Volume FULL = new Volume(2_000_000_000L, 200_000, 20);
        static final Volume SHORT = new Volume(200_000_000L, 20_000, 4);
    }

    Round(Setup setup, Contestant contestant, Volume volume, int port) {
        this.setup = setup;
        this.contestant = contestant;
        this.volume = volume;
        this.port = port;
    }

    /** Runs everything, on an empty directory that is deleted afterwards. */
    List<Sample> run() throws IOException, InterruptedException, ExecutionException {
        Path directory = Files.createTempDirectory(
                setup.workDirectory(), contestant.name().toLowerCase(java.util.Locale.ROOT));
        try {
            contestant.prepare(setup, directory, port);
            try (BrokerProcess broker = contestant.start(setup, directory, port)) {
                start(broker);
                loads(broker);
            }
            return samples;
        } finally {
            Directories.delete(directory);
        }
    }

    private void start(BrokerProcess broker) throws IOException, InterruptedException, ExecutionException {
        broker.awaitPort();
        new Workload(broker.bootstrapServers()).firstRecord("first");
        double wallSeconds = (System.nanoTime() - broker.startedNanos()) / NANOS_PER_SECOND;
        add(Row.atMost("start to first acknowledged record, CPU", "CPU s", 0.10), broker.cpuSeconds());
        add(Row.atMost("start to first acknowledged record, wall", "s", 0.15), wallSeconds);
        Thread.sleep(IDLE_MS);
        add(Row.atMost("memory (RSS) idle", "MiB", 0.25), broker.rssMib());
    }

    private void loads(BrokerProcess broker) throws InterruptedException, ExecutionException {
        Workload workload = new Workload(broker.bootstrapServers());
        // Daybook's default is fsync before the ack, Kafka's is none; each also runs in the other's manner.
        Map<String, String> unsynced = contestant == Contestant.DAYBOOK ? Map.of("daybook.durability", "os") : Map.of();
        workload.createTopic("warm", 1, Map.of());
        workload.produce("warm", 1, volume.produceBytes() / Workload.RECORD_BYTES / 10, 16 * KIB);
        List<Load> loads = List.of(
                new Load("unsynced-16k", unsynced, 16 * KIB, "16 KiB batches, no fsync", 0.5, 1.0),
                new Load("unsynced-256k", unsynced, 256 * KIB, "256 KiB batches, no fsync", 0.6, 1.0),
                new Load("default-16k", Map.of(), 16 * KIB, "16 KiB batches, Daybook with fsync", 0.8, 0.7),
                new Load("default-256k", Map.of(), 256 * KIB, "256 KiB batches, Daybook with fsync", 0.8, 0.7));
        for (Load load : loads) {
            produce(broker, workload, load);
        }
        fetch(broker, workload, "unsynced-16k", 1);
        fetch(broker, workload, "unsynced-16k", PARTITIONS);
        singles(broker, workload, unsynced);
        add(Row.atMost("memory (RSS) after the load", "MiB", 0.35), broker.rssMib());
        latency(workload, "unsynced-latency", unsynced, "no fsync", 0.5);
        latency(workload, "default-latency", Map.of(), "Daybook with fsync", 1.0);
    }

    /** A throughput load: a topic of its own, and what its ratios should be. */
    private record Load(
            String topic,
            Map<String, String> configs,
            int batchBytes,
            String name,
            double cpuGoal,
            double throughputGoal) {}

    private void produce(BrokerProcess broker, Workload workload, Load load)
            throws InterruptedException, ExecutionException {
        workload.createTopic(load.topic(), PARTITIONS, load.configs());
        long records = volume.produceBytes() / Workload.RECORD_BYTES;
        double gigabytes = records * Workload.RECORD_BYTES / BYTES_PER_GB;
        double cpuBefore = broker.cpuSeconds();
        long startNanos = System.nanoTime();
        workload.produce(load.topic(), PARTITIONS, records, load.batchBytes());
        double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
        double cpuPerGigabyte = (broker.cpuSeconds() - cpuBefore) / gigabytes;
        add(Row.atMost("produce, " + load.name() + ", broker CPU", "CPU s/GB", load.cpuGoal()), cpuPerGigabyte);
        Row throughput = Row.atLeast("produce, " + load.name() + ", throughput", "MB/s", load.throughputGoal());
        add(throughput, gigabytes * 1000 / seconds);
    }

    private void fetch(BrokerProcess broker, Workload workload, String topic, int consumers)
            throws InterruptedException {
        long records = volume.produceBytes() / Workload.RECORD_BYTES;
        double gigabytes = records * Workload.RECORD_BYTES / BYTES_PER_GB;
        double cpuBefore = broker.cpuSeconds();
        long startNanos = System.nanoTime();
        workload.consume(topic, PARTITIONS, consumers, records);
        double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
        String name = "fetch, warm, " + (consumers == 1 ? "one consumer" : consumers + " consumers");
        add(Row.atMost(name + ", broker CPU", "CPU s/GB", 0.6), (broker.cpuSeconds() - cpuBefore) / gigabytes);
        add(Row.atLeast(name + ", throughput", "MB/s", 1.0), gigabytes * 1000 / seconds);
    }

    private void singles(BrokerProcess broker, Workload workload, Map<String, String> unsynced)
            throws InterruptedException, ExecutionException {
        workload.createTopic("singles", 1, unsynced);
        double cpuBefore = broker.cpuSeconds();
        workload.produce("singles", 1, volume.singleRecords(), 0);
        double perMillion = (broker.cpuSeconds() - cpuBefore) * 1e6 / volume.singleRecords();
        add(Row.atMost("produce, single 1 KiB records, no fsync, broker CPU", "CPU s/million", 0.5), perMillion);
    }

    private void latency(Workload workload, String topic, Map<String, String> configs, String name, double goal)
            throws InterruptedException, ExecutionException {
        for (int rate : new int[] {1_000, 10_000}) {
            String own = topic + "-" + rate;
            workload.createTopic(own, 1, configs);
            double[] values = new EndToEnd(workload).measure(own, rate, volume.latencySeconds(), PERCENTS);
            for (int i = 0; i < PERCENTS.length; i++) {
                String percent = "p" + (PERCENTS[i] == 99.9 ? "99.9" : Integer.toString((int) PERCENTS[i]));
                add(
                        Row.atMost("end to end at " + rate + " records/s, " + name + ", " + percent, "ms", goal),
                        values[i]);
            }
        }
    }

    private void add(Row row, double value) {
        System.err.printf(java.util.Locale.ROOT, "%-8s %-70s %10.2f %s%n", contestant, row.name(), value, row.unit());
        samples.add(row.of(value));
    }
}
