package io.daybook.benchmarks;

import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** How near to the machine's limits a broker comes with clients that are no limit themselves. */
final class LimitRows {
    private static final String TOPIC = "raw";
    private static final Row PRODUCE_SHARE = Row.share(
            "durable produce of 0.9 MiB batches (Kafka: flush.messages=1) / sequential write, synced each 16 MiB", 0.7);
    private static final Row FETCH_SHARE =
            Row.share("warm fetch, one raw connection / one loopback sendfile stream", 0.7);
    private static final Row PRODUCE =
            Row.atLeast("durable produce of 0.9 MiB batches (Kafka: flush.messages=1), raw client", "MB/s", 1.0);
    private static final Row FETCH = Row.atLeast("fetch, warm, one raw connection", "MB/s", 1.0);
    private static final int FETCH_PASSES = 3;
    private static final int MIB = 1 << 20;

    private final Subject subject;
    private final Path directory;

    LimitRows(Subject subject, Path directory) {
        this.subject = subject;
        this.directory = directory;
    }

    void measure() throws IOException, InterruptedException, ExecutionException {
        Figures figures = subject.figures();
        Machine machine = new Machine(directory, subject.volume().limitBytes(), subject.reserve()::release);
        limit("checksum (CRC32C)", machine.checksum());
        limit("memory copy", machine.copy());
        limit("loopback, write and read", machine.loopback());
        limit("sequential write, never synced", machine.write(0));
        Subject.settle();
        limit("sequential write, synced each 1 MiB", machine.write(MIB));
        double synced = limit("sequential write, synced each 16 MiB", machine.write(16L * MIB));
        double produced = produce();
        figures.add(PRODUCE, produced);
        figures.add(PRODUCE_SHARE, produced / synced);
        double sent = limit("loopback, sendfile and read", machine.sendfile());
        double fetched = fetch();
        figures.add(FETCH, fetched);
        figures.add(FETCH_SHARE, fetched / sent);
    }

    private double limit(String name, double megabytesPerSecond) {
        subject.figures().add(Row.limit(name, "MB/s"), megabytesPerSecond);
        return megabytesPerSecond;
    }

    private double produce() throws IOException, InterruptedException, ExecutionException {
        long bytes = subject.volume().produceBytes();
        subject.clients().createTopic(TOPIC + "-warm", Subject.PARTITIONS, subject.synced());
        subject.clients().createTopic(TOPIC, Subject.PARTITIONS, subject.synced());
        int port = subject.broker().port();
        new RawProduction(TOPIC + "-warm", Subject.PARTITIONS)
                .run(port, Volume.warmUp(bytes), subject.reserve()::release);
        Subject.settle();
        Meter meter = new Meter(subject.broker());
        long produced = new RawProduction(TOPIC, Subject.PARTITIONS).run(port, bytes, subject.reserve()::release);
        return produced / Subject.BYTES_PER_MB / meter.wallSeconds();
    }

    private double fetch() throws IOException, InterruptedException, ExecutionException {
        long[] ends = subject.clients().ends(TOPIC, Subject.PARTITIONS);
        int port = subject.broker().port();
        new RawConsumption(TOPIC, ends).run(port, 1);
        Meter meter = new Meter(subject.broker());
        long fetched = new RawConsumption(TOPIC, ends).run(port, FETCH_PASSES);
        return fetched / Subject.BYTES_PER_MB / meter.wallSeconds();
    }
}
