package io.daybook.benchmarks;

/** The broker's CPU time and the wall time since this was made. */
final class Meter {
    private final BrokerProcess broker;
    private final double cpuBefore;
    private final long startNanos;

    Meter(BrokerProcess broker) {
        this.broker = broker;
        this.cpuBefore = broker.cpuSeconds();
        this.startNanos = System.nanoTime();
    }

    double wallSeconds() {
        return (System.nanoTime() - startNanos) / Subject.NANOS_PER_SECOND;
    }

    double cpuSeconds() {
        return broker.cpuSeconds() - cpuBefore;
    }
}
