package io.daybook.benchmarks;

import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** Requests with a single record, where what counts is the cost of a request. */
final class SinglesRows {
    private static final Row CPU =
            Row.atMost("produce, single 1 KiB records, no fsync, broker CPU", "CPU s/million requests", 0.5);
    private static final String TOPIC = "singles";

    private final Subject subject;

    SinglesRows(Subject subject) {
        this.subject = subject;
    }

    void measure() throws IOException, InterruptedException, ExecutionException {
        Clients clients = subject.clients();
        clients.createTopic(TOPIC + "-warm", 1, subject.unsynced());
        clients.createTopic(TOPIC, 1, subject.unsynced());
        int records = subject.volume().singleRecords();
        subject.production(TOPIC + "-warm", 1, 0).send(clients, Volume.warmUp(records));
        Subject.settle();
        Meter meter = new Meter(subject.broker());
        long[] counts = subject.production(TOPIC, 1, 0).send(clients, records);
        subject.figures().add(CPU, meter.cpuSeconds() * 1e6 / records);
        subject.readBack(TOPIC, counts);
    }
}
