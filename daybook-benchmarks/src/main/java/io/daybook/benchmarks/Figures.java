package io.daybook.benchmarks;

import io.daybook.benchmarks.Sample.Kind;
import io.daybook.benchmarks.Sample.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured of one broker in one round; tells each figure as it comes. */
final class Figures {
    private final Contestant contestant;
    private final boolean isQuiet;
    private final List<Sample> samples = new ArrayList<>();

    Figures(Contestant contestant, boolean isQuiet) {
        this.contestant = contestant;
        this.isQuiet = isQuiet;
    }

    void add(Row row, double value) {
        if (!isQuiet && row.kind() != Kind.PLOT) {
            System.err.printf(Locale.ROOT, "%-8s %-75s %10.3f %s%n", contestant, row.name(), value, row.unit());
        }
        samples.add(row.of(value));
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }
}
