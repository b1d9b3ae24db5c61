package io.daybook.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Lines over the same places, with a logarithmic scale.
 *
 * @param title what is shown, with the unit
 * @param places under the horizontal axis, from left to right
 * @param lines each with a value for each place
 */
record LineChart(String title, List<String> places, List<Line> lines) {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 420;
    private static final int LEFT = 60;
    private static final int RIGHT = 210;
    private static final int TOP = 50;
    private static final int BOTTOM = 40;
    private static final double LABEL_DISTANCE = 15;

    LineChart {
        places = List.copyOf(places);
        lines = List.copyOf(lines);
    }

    /** One line; {@code style} names its colour and whether it is dashed. */
    record Line(String label, String style, List<Double> values) {
        Line {
            values = List.copyOf(values);
        }
    }

    String svg() {
        Svg svg = new Svg(WIDTH, HEIGHT);
        svg.text("title", "start", 12, 24, title);
        double highest = Math.log10(extreme(true));
        double lowest = Math.floor(Math.log10(extreme(false)));
        double perDecade = (HEIGHT - TOP - BOTTOM) / Math.max(0.3, highest - lowest);
        double floor = HEIGHT - (double) BOTTOM;
        for (double decade = Math.pow(10, lowest); Math.log10(decade) <= highest; decade *= 10) {
            for (int factor : new int[] {1, 2, 5}) {
                double y = floor - (Math.log10(decade * factor) - lowest) * perDecade;
                if (y >= TOP - 1) {
                    svg.gridLine(LEFT, y, WIDTH - (double) RIGHT, y);
                    svg.text("small", "end", LEFT - 8, y + 4, Scale.label(decade * factor));
                }
            }
        }
        double perPlace = (WIDTH - LEFT - RIGHT) / Math.max(1.0, places.size() - 1.0);
        for (int i = 0; i < places.size(); i++) {
            svg.gridLine(LEFT + i * perPlace, TOP, LEFT + i * perPlace, floor);
            svg.text("small", "middle", LEFT + i * perPlace, floor + 18, places.get(i));
        }
        double lastLabelY = Double.NEGATIVE_INFINITY;
        for (Line line : byHeight()) {
            StringBuilder points = new StringBuilder();
            double y = floor;
            for (int i = 0; i < line.values().size(); i++) {
                y = floor - (Math.log10(line.values().get(i)) - lowest) * perDecade;
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", LEFT + i * perPlace, y));
            }
            svg.line(line.style(), points.toString().strip());
            lastLabelY = Math.max(y + 4, lastLabelY + LABEL_DISTANCE);
            svg.text("", "start", WIDTH - RIGHT + 8.0, lastLabelY, line.label());
        }
        return svg.document();
    }

    /** From the top to the bottom of the right edge, where the labels are. */
    private List<Line> byHeight() {
        return lines.stream()
                .sorted((a, b) -> Double.compare(
                        b.values().get(b.values().size() - 1),
                        a.values().get(a.values().size() - 1)))
                .toList();
    }

    private double extreme(boolean isHighest) {
        double[] all = lines.stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(each -> each)
                .sorted()
                .toArray();
        return isHighest ? all[all.length - 1] : all[0];
    }
}
