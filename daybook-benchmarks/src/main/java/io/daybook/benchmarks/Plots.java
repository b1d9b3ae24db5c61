package io.daybook.benchmarks;

import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The pictures of a run, one file each; what was not measured has none. */
final class Plots {
    private final Table table;
    private final Path directory;
    private final StringBuilder markdown = new StringBuilder();

    Plots(Table table, Path directory) {
        this.table = table;
        this.directory = directory;
    }

    /** Writes the files and returns the Markdown that shows them. */
    String write() throws IOException {
        bars("throughput", "Throughput in MB/s (more is better)", row -> row.unit()
                .equals("MB/s"));
        bars("cpu", "Broker CPU seconds per GB (less is better)", row -> row.unit()
                .equals("CPU s/GB"));
        latency("latency-no-fsync", "no fsync", "End-to-end latency in ms by percentile, no fsync");
        latency("latency-fsync", "Daybook with fsync", "End-to-end latency in ms by percentile, Daybook with fsync");
        bars("start", "Start to the first acknowledged record (less is better)", row -> row.name()
                .startsWith("start to"));
        bars("memory", "Resident memory in MiB (less is better)", row -> row.unit()
                .equals("MiB"));
        return markdown.toString();
    }

    private void bars(String name, String title, Predicate<Row> isShown) throws IOException {
        List<BarChart.Group> groups = new ArrayList<>();
        for (Row row : table.rows()) {
            if (isShown.test(row)) {
                String label = row.name()
                        .replace(", throughput", "")
                        .replace(", broker CPU", "")
                        .replaceAll(" \\(.*\\)", "")
                        .replace("start to first acknowledged record, ", "")
                        .replace("memory ", "");
                groups.add(new BarChart.Group(
                        label, table.median(Contestant.DAYBOOK, row), table.median(Contestant.KAFKA, row)));
            }
        }
        if (!groups.isEmpty()) {
            write(name, title, new BarChart(title, groups).svg());
        }
    }

    private void latency(String file, String durability, String title) throws IOException {
        List<LineChart.Line> lines = new ArrayList<>();
        for (Contestant contestant : Contestant.values()) {
            for (int rate : LatencyRows.RATES) {
                List<Double> values = new ArrayList<>();
                for (double percent : LatencyRows.PLOTTED_PERCENTS) {
                    Row row = Row.plot(LatencyRows.plotRow(rate, durability, percent), "ms");
                    values.add(table.median(contestant, row));
                }
                boolean isDaybook = contestant == Contestant.DAYBOOK;
                String style = (isDaybook ? Svg.DAYBOOK : Svg.KAFKA) + (rate == LatencyRows.RATES[0] ? "" : " dashed");
                String label = (isDaybook ? "Daybook" : "Kafka") + String.format(Locale.ROOT, ", %,d records/s", rate);
                if (values.stream().allMatch(value -> value > 0)) {
                    lines.add(new LineChart.Line(label, style, values));
                }
            }
        }
        if (!lines.isEmpty()) {
            List<String> places = new ArrayList<>();
            for (double percent : LatencyRows.PLOTTED_PERCENTS) {
                places.add("p" + Scale.label(percent));
            }
            write(file, title, new LineChart(title, places, lines).svg());
        }
    }

    private void write(String name, String title, String svg) throws IOException {
        Files.writeString(directory.resolve(name + ".svg"), svg);
        markdown.append("![").append(title).append("](").append(name).append(".svg)\n\n");
    }
}
