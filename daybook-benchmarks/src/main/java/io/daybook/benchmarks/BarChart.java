package io.daybook.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Two bars for each of several things.
 *
 * @param title what is compared, with the unit
 * @param groups from top to bottom
 */
record BarChart(String title, List<Group> groups) {
    private static final int WIDTH = 920;
    private static final int LEFT = 360;
    private static final int RIGHT = 80;
    private static final int TOP = 66;
    private static final int GROUP_HEIGHT = 46;
    private static final int BAR_HEIGHT = 16;
    private static final int BOTTOM = 30;

    BarChart {
        groups = List.copyOf(groups);
    }

    /** One thing that was measured of both. */
    record Group(String label, double daybook, double kafka) {}

    String svg() {
        int height = TOP + groups.size() * GROUP_HEIGHT + BOTTOM;
        Svg svg = new Svg(WIDTH, height);
        svg.text("title", "start", 12, 24, title);
        svg.rectangle(Svg.DAYBOOK, LEFT, 38, 12, 12).text("", "start", LEFT + 18, 49, "Daybook");
        svg.rectangle(Svg.KAFKA, LEFT + 100, 38, 12, 12).text("", "start", LEFT + 118, 49, "Apache Kafka");
        double largest = groups.stream()
                .mapToDouble(group -> Math.max(group.daybook(), group.kafka()))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double step = Scale.step(largest);
        double perUnit = (WIDTH - LEFT - RIGHT) / largest;
        double floor = height - (double) BOTTOM;
        for (double tick = 0; tick <= largest; tick += step) {
            double x = LEFT + tick * perUnit;
            svg.gridLine(x, TOP - 6, x, floor).text("small", "middle", x, floor + 16, Scale.label(tick));
        }
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            double y = TOP + (double) i * GROUP_HEIGHT;
            svg.text("", "end", LEFT - 10, y + BAR_HEIGHT + 5, group.label());
            bar(svg, Svg.DAYBOOK, y, group.daybook(), perUnit);
            bar(svg, Svg.KAFKA, y + BAR_HEIGHT + 2, group.kafka(), perUnit);
        }
        return svg.document();
    }

    private static void bar(Svg svg, String style, double y, double value, double perUnit) {
        if (Double.isFinite(value)) {
            String format = value < 10 ? "%.2f" : "%.0f";
            svg.rectangle(style, LEFT, y, Math.max(1, value * perUnit), BAR_HEIGHT);
            svg.text("small", "start", LEFT + value * perUnit + 6, y + 12, String.format(Locale.ROOT, format, value));
        }
    }
}
