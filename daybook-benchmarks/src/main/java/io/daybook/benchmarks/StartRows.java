package io.daybook.benchmarks;

import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/** From nothing to the first acknowledged record. The clients are warm: what takes time is the broker. */
final class StartRows {
    private static final Row CPU = Row.atMost("start to first acknowledged record, CPU", "CPU s", 0.10);
    private static final Row WALL = Row.atMost("start to first acknowledged record, wall", "s", 0.15);
    private static final Row IDLE = Row.atMost("memory (RSS) idle", "MiB", 0.25);

    private StartRows() {}

    /** The broker's process was started right now. */
    static void measure(Subject subject) throws IOException, InterruptedException, ExecutionException {
        BrokerProcess broker = subject.broker();
        broker.awaitPort();
        subject.clients().firstRecord("first");
        double wallSeconds = (System.nanoTime() - broker.startedNanos()) / Subject.NANOS_PER_SECOND;
        subject.figures().add(CPU, broker.cpuSeconds());
        subject.figures().add(WALL, wallSeconds);
        Thread.sleep(subject.volume().idleMs());
        subject.figures().add(IDLE, broker.rssMib());
    }
}
