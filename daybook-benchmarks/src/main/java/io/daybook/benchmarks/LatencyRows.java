package io.daybook.benchmarks;

import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.HdrHistogram.Histogram;

/** How long a record takes from the producer to the consumer at steady rates. */
final class LatencyRows {
    private static final int[] RATES = {1_000, 10_000};
    private static final double[] PERCENTS = {50, 99, 99.9};
    private static final double NANOS_PER_MS = 1e6;

    private final Subject subject;

    LatencyRows(Subject subject) {
        this.subject = subject;
    }

    void measure() throws IOException, InterruptedException, ExecutionException {
        measure("unsynced-latency", subject.unsynced(), "no fsync", 0.5);
        measure("default-latency", Map.of(), "Daybook with fsync", 1.0);
    }

    private void measure(String topic, Map<String, String> configs, String name, double goal)
            throws IOException, InterruptedException, ExecutionException {
        for (int rate : RATES) {
            String own = topic + "-" + rate;
            subject.clients().createTopic(own, 1, configs);
            Subject.settle();
            Histogram nanos =
                    new EndToEnd(subject.clients(), rate, subject.volume().latencySeconds()).measure(own);
            for (double percent : PERCENTS) {
                String percentile = "p" + (percent == Math.rint(percent) ? "" + (int) percent : "" + percent);
                String row = "end to end at " + rate + " records/s, " + name + ", " + percentile;
                subject.figures().add(Row.atMost(row, "ms", goal), nanos.getValueAtPercentile(percent) / NANOS_PER_MS);
            }
        }
    }
}
