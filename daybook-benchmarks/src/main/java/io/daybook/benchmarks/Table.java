package io.daybook.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.daybook.benchmarks.Sample.Kind;
import io.daybook.benchmarks.Sample.Row;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of all rounds: medians, ratios and their spread. */
final class Table {
    private final Map<Row, List<Double>> daybook = new LinkedHashMap<>();
    private final Map<Row, List<Double>> kafka = new LinkedHashMap<>();

    void add(Contestant contestant, List<Sample> samples) {
        Map<Row, List<Double>> target = of(contestant);
        samples.forEach(sample ->
                target.computeIfAbsent(sample.row(), row -> new ArrayList<>()).add(sample.value()));
    }

    /** The rows that compare the two, in the order in which they were measured. */
    List<Row> rows() {
        return daybook.keySet().stream().filter(Row::isCompared).toList();
    }

    double median(Contestant contestant, Row row) {
        return median(of(contestant).getOrDefault(row, List.of()));
    }

    /** The comparison in Markdown. */
    String comparison() {
        StringBuilder text = new StringBuilder(
                "| what | unit | Daybook | Kafka | ratio | goal | met |\n|---|---|--:|--:|--:|--:|---|\n");
        for (Row row : rows()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.2f× | %s %.2f× | %s |%n",
                    row.name(),
                    row.unit(),
                    figure(daybook.getOrDefault(row, List.of())),
                    figure(kafka.getOrDefault(row, List.of())),
                    ratio(row),
                    row.isHigherBetter() ? "≥" : "≤",
                    row.goal(),
                    isMet(row) ? "yes" : "no"));
        }
        return text.toString();
    }

    /** What the machine can do, in Markdown. */
    String limits() {
        StringBuilder text = new StringBuilder("| what | unit | median (lowest–highest) |\n|---|---|--:|\n");
        limitFigures()
                .forEach((row, all) -> text.append(
                        String.format(Locale.ROOT, "| %s | %s | %s |%n", row.name(), row.unit(), figure(all))));
        return text.toString();
    }

    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart("rows");
            for (Row row : rows()) {
                json.writeStartObject();
                json.writeStringField("name", row.name());
                json.writeStringField("unit", row.unit());
                json.writeNumberField("daybook", median(Contestant.DAYBOOK, row));
                json.writeNumberField("kafka", median(Contestant.KAFKA, row));
                json.writeNumberField("ratio", ratio(row));
                json.writeNumberField("goal", row.goal());
                json.writeStringField("better", row.isHigherBetter() ? "higher" : "lower");
                json.writeNumberField("spread", spread(row));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("limits");
            for (Map.Entry<Row, List<Double>> limit : limitFigures().entrySet()) {
                json.writeStartObject();
                json.writeStringField("name", limit.getKey().name());
                json.writeStringField("unit", limit.getKey().unit());
                json.writeNumberField("median", median(limit.getValue()));
                json.writeNumberField("lowest", lowest(limit.getValue()));
                json.writeNumberField("highest", highest(limit.getValue()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot be written to", e);
        }
        return text + "\n";
    }

    /** Of each limit all that was measured, beside either broker. */
    private Map<Row, List<Double>> limitFigures() {
        Map<Row, List<Double>> figures = new LinkedHashMap<>();
        for (Row row : daybook.keySet()) {
            if (row.kind() == Kind.LIMIT) {
                List<Double> all = new ArrayList<>(daybook.getOrDefault(row, List.of()));
                all.addAll(kafka.getOrDefault(row, List.of()));
                figures.put(row, all);
            }
        }
        return figures;
    }

    private Map<Row, List<Double>> of(Contestant contestant) {
        return contestant == Contestant.DAYBOOK ? daybook : kafka;
    }

    private double ratio(Row row) {
        return ratio(row, median(Contestant.DAYBOOK, row), median(Contestant.KAFKA, row));
    }

    private static double ratio(Row row, double own, double other) {
        return row.kind() == Kind.SHARE ? own : own / other;
    }

    /** (highest − lowest) / median of the rounds' ratios. */
    private double spread(Row row) {
        List<Double> own = daybook.getOrDefault(row, List.of());
        List<Double> others = kafka.getOrDefault(row, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(own.size(), others.size()); round++) {
            ratios.add(ratio(row, own.get(round), others.get(round)));
        }
        return (highest(ratios) - lowest(ratios)) / median(ratios);
    }

    private boolean isMet(Row row) {
        return row.isHigherBetter() ? ratio(row) >= row.goal() : ratio(row) <= row.goal();
    }

    private static String figure(List<Double> values) {
        if (values.isEmpty()) {
            return "-";
        }
        return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", median(values), lowest(values), highest(values));
    }

    private static double lowest(List<Double> values) {
        return values.stream().mapToDouble(each -> each).min().orElse(Double.NaN);
    }

    private static double highest(List<Double> values) {
        return values.stream().mapToDouble(each -> each).max().orElse(Double.NaN);
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
