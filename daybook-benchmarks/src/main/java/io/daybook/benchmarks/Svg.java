package io.daybook.benchmarks;

import java.util.Locale;

/** A picture in the making. Its colours can be read on a light and on a dark page, whose ground shows through. */
final class Svg {
    static final String DAYBOOK = "daybook";
    static final String KAFKA = "kafka";

    private static final String STYLE = """
            <style>
            text { font: 13px system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif; fill: #1f2328 }
            .title { font-size: 16px; font-weight: 600 }
            .small { font-size: 11px; fill: #59636e }
            .grid { stroke: #8c959f; stroke-opacity: .35; stroke-width: 1 }
            .daybook { fill: #1f77d0 } .kafka { fill: #e0852b }
            .line { fill: none; stroke-width: 2.2 }
            .line.daybook { stroke: #1f77d0 } .line.kafka { stroke: #e0852b }
            .dashed { stroke-dasharray: 6 4 }
            @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .small { fill: #9198a1 } }
            </style>
            """;

    private final StringBuilder content = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    Svg rectangle(String style, double x, double y, double boxWidth, double boxHeight) {
        return add(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\"/>",
                style, x, y, boxWidth, boxHeight);
    }

    Svg gridLine(double x1, double y1, double x2, double y2) {
        return add("<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", x1, y1, x2, y2);
    }

    /** Points are {@code "x,y x,y …"}. */
    Svg line(String style, String points) {
        return add("<polyline class=\"line %s\" points=\"%s\"/>", style, points);
    }

    /** The anchor is {@code start}, {@code middle} or {@code end}. */
    Svg text(String style, String anchor, double x, double y, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        return add(
                "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, anchor, x, y, escaped);
    }

    /** The whole file. */
    String document() {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">%n",
                        width,
                        height,
                        width,
                        height)
                + STYLE + content + "</svg>\n";
    }

    private Svg add(String format, Object... arguments) {
        content.append(String.format(Locale.ROOT, format, arguments)).append('\n');
        return this;
    }
}
