package io.daybook.benchmarks;

import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Requests with a single record, where what counts is the cost of a request. */
final class SinglesRows {
    private final Subject subject;

    SinglesRows(Subject subject) {
        this.subject = subject;
    }

    void measure() throws IOException, InterruptedException, ExecutionException {
        measure("unsynced-singles", subject.unsynced(), "no fsync", 0.5);
        measure("default-singles", Map.of(), "Daybook with fsync", 0.8);
    }

    private void measure(String topic, Map<String, String> configs, String name, double goal)
            throws IOException, InterruptedException, ExecutionException {
        Clients clients = subject.clients();
        clients.createTopic(topic + "-warm", 1, configs);
        clients.createTopic(topic, 1, configs);
        int records = subject.volume().singleRecords();
        subject.production(topic + "-warm", 1, 0).send(clients, Volume.warmUp(records));
        Subject.settle();
        Meter meter = new Meter(subject.broker());
        long[] counts = subject.production(topic, 1, 0).send(clients, records);
        Row row = Row.atMost("produce, single 1 KiB records, " + name + ", broker CPU", "CPU s/million requests", goal);
        subject.figures().add(row, meter.cpuSeconds() * 1e6 / records);
        subject.readBack(topic, counts);
    }
}
