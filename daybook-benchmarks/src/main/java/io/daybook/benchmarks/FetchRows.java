package io.daybook.benchmarks;

import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** The broker's CPU time for reading what is in memory, with Apache Kafka's consumer. */
final class FetchRows {
    private static final String TOPIC = "fetched";
    private static final int BATCH_BYTES = 16 * 1024;

    private final Subject subject;

    FetchRows(Subject subject) {
        this.subject = subject;
    }

    void measure() throws IOException, InterruptedException, ExecutionException {
        Clients clients = subject.clients();
        clients.createTopic(TOPIC, Subject.PARTITIONS, subject.unsynced());
        long records = subject.volume().fetchTopicBytes() / Payload.BYTES;
        long[] counts =
                subject.production(TOPIC, Subject.PARTITIONS, BATCH_BYTES).send(clients, records);
        clients.checkEnds(TOPIC, counts);
        Subject.settle();
        measure(counts, 1, "one consumer");
        measure(counts, Subject.PARTITIONS, Subject.PARTITIONS + " consumers");
    }

    private void measure(long[] counts, int consumers, String name) throws InterruptedException {
        int passes = subject.volume().fetchPasses();
        new Consumption(TOPIC, consumers, 1).run(subject.clients(), counts);
        Meter meter = new Meter(subject.broker());
        new Consumption(TOPIC, consumers, passes).run(subject.clients(), counts);
        double seconds = meter.wallSeconds();
        double cpuSeconds = meter.cpuSeconds();
        double bytes = 0;
        for (long count : counts) {
            bytes += (double) count * Payload.BYTES * passes;
        }
        Row cpu = Row.atMost("fetch, warm, " + name + ", broker CPU", "CPU s/GB", 0.6);
        Row throughput = Row.atLeast("fetch, warm, " + name + ", throughput", "MB/s", 1.0);
        subject.figures().add(cpu, cpuSeconds / (bytes / Subject.BYTES_PER_GB));
        subject.figures().add(throughput, bytes / Subject.BYTES_PER_MB / seconds);
    }
}
