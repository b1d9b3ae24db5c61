package io.daybook.benchmarks;

import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** How long a record takes from the producer to the consumer at steady rates. */
final class LatencyRows {
    static final int[] RATES = {1_000, 10_000};
    private static final double[] PERCENTS = {50, 99, 99.9};
    private static final double NANOS_PER_MS = 1e6;

    /** What the plot shows besides. */
    static final double[] PLOTTED_PERCENTS = {50, 75, 90, 95, 99, 99.5, 99.9};

    private final Subject subject;

    LatencyRows(Subject subject) {
        this.subject = subject;
    }

    void measure() throws IOException, InterruptedException, ExecutionException {
        // the first of these loads after those before is dearer than the same one later, for both brokers
        String warm = "latency-warm";
        subject.clients().createTopic(warm, 1, subject.unsynced());
        Subject.settle();
        load(RATES[RATES.length - 1]).measure(warm);
        measure("unsynced-latency", subject.unsynced(), "no fsync", 0.5);
        measure("default-latency", Map.of(), "Daybook with fsync", 1.0);
    }

    static String plotRow(int rate, String name, double percent) {
        return "latency plot " + rate + " " + name + " " + percent;
    }

    private void measure(String topic, Map<String, String> configs, String name, double goal)
            throws IOException, InterruptedException, ExecutionException {
        for (int rate : RATES) {
            String own = topic + "-" + rate;
            subject.clients().createTopic(own, 1, configs);
            Subject.settle();
            List<Histogram> windows = load(rate).measure(own);
            for (double percent : PLOTTED_PERCENTS) {
                Row row = Row.plot(plotRow(rate, name, percent), "ms");
                subject.figures().add(row, medianMs(windows, percent));
            }
            String row = "end to end at " + rate + " records/s, " + name;
            add(subject.figures(), windows, percentile -> Row.atMost(row + ", " + percentile, "ms", goal));
        }
    }

    private EndToEnd load(int rate) {
        return new EndToEnd(subject.clients(), rate, subject.volume().latencySeconds(), subject.reserve()::release);
    }

    /** One row for each of the percentiles, whose names it gets. */
    static void add(Figures figures, List<Histogram> windows, Function<String, Row> row) {
        for (double percent : PERCENTS) {
            String percentile = "p" + (percent == Math.rint(percent) ? "" + (int) percent : "" + percent);
            figures.add(row.apply(percentile), medianMs(windows, percent));
        }
    }

    /** Of the windows' percentiles; with an even number of them the mean of the two in the middle. */
    private static double medianMs(List<Histogram> windows, double percent) {
        double[] sorted = windows.stream()
                .mapToDouble(window -> window.getValueAtPercentile(percent) / NANOS_PER_MS)
                .sorted()
                .toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
