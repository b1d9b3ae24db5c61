package io.daybook.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The medians of all rounds, and their ratios. */
final class Table {
    private final Map<Row, List<Double>> daybook = new LinkedHashMap<>();
    private final Map<Row, List<Double>> kafka = new LinkedHashMap<>();
    private final Map<String, String> circumstances;

    /**
     * Without values.
     *
     * @param circumstances what a reader must know: machine, versions, settings
     */
    Table(Map<String, String> circumstances) {
        this.circumstances = new LinkedHashMap<>(circumstances);
    }

    void add(Contestant contestant, List<Sample> samples) {
        Map<Row, List<Double>> target = contestant == Contestant.DAYBOOK ? daybook : kafka;
        samples.forEach(sample ->
                target.computeIfAbsent(sample.row(), row -> new ArrayList<>()).add(sample.value()));
    }

    String markdown() {
        StringBuilder text = new StringBuilder("# Daybook beside Apache Kafka\n\n");
        circumstances.forEach((key, value) ->
                text.append("- ").append(key).append(": ").append(value).append('\n'));
        text.append(
                        "\nEach figure is the median of the rounds, with the lowest and the highest in brackets. The ratio is")
                .append(" Daybook / Kafka.\n\n")
                .append("| what | unit | Daybook | Kafka | ratio | goal | met |\n|---|---|--:|--:|--:|--:|---|\n");
        for (Row row : daybook.keySet()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.2f× | %s %.2f× | %s |%n",
                    row.name(),
                    row.unit(),
                    figure(values(daybook, row)),
                    figure(values(kafka, row)),
                    ratio(row),
                    row.higherIsBetter() ? "≥" : "≤",
                    row.goal(),
                    isMet(row) ? "yes" : "no"));
        }
        return text.toString();
    }

    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart("rows");
            for (Row row : daybook.keySet()) {
                json.writeStartObject();
                json.writeStringField("name", row.name());
                json.writeStringField("unit", row.unit());
                json.writeNumberField("daybook", median(values(daybook, row)));
                json.writeNumberField("kafka", median(values(kafka, row)));
                json.writeNumberField("ratio", ratio(row));
                json.writeNumberField("goal", row.goal());
                json.writeStringField("better", row.higherIsBetter() ? "higher" : "lower");
                json.writeNumberField("spread", spread(row));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot be written to", e);
        }
        return text + "\n";
    }

    private double ratio(Row row) {
        return median(values(daybook, row)) / median(values(kafka, row));
    }

    /** (highest − lowest) / median of the rounds' ratios. */
    private double spread(Row row) {
        List<Double> own = values(daybook, row);
        List<Double> others = values(kafka, row);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(own.size(), others.size()); round++) {
            ratios.add(own.get(round) / others.get(round));
        }
        double lowest = ratios.stream().mapToDouble(each -> each).min().orElse(Double.NaN);
        double highest = ratios.stream().mapToDouble(each -> each).max().orElse(Double.NaN);
        return (highest - lowest) / median(ratios);
    }

    private boolean isMet(Row row) {
        return row.higherIsBetter() ? ratio(row) >= row.goal() : ratio(row) <= row.goal();
    }

    private static List<Double> values(Map<Row, List<Double>> samples, Row row) {
        return samples.getOrDefault(row, List.of());
    }

    private static String figure(List<Double> values) {
        if (values.isEmpty()) {
            return "-";
        }
        double lowest = values.stream().mapToDouble(each -> each).min().orElseThrow();
        double highest = values.stream().mapToDouble(each -> each).max().orElseThrow();
        return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", median(values), lowest, highest);
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(each -> each).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
