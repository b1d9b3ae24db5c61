package io.daybook.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns that line up: text to the left, numbers to the right, two spaces between, no trailing blanks. */
final class TextTable {
    private TextTable() {}

    static void print(Report report, PrintStream out, boolean colours) {
        if (report.isEmpty()) {
            return;
        }
        List<String> columns = report.columns();
        List<String> titles = new ArrayList<>();
        int[] widths = new int[columns.size()];
        boolean[] numeric = new boolean[columns.size()];
        for (int index = 0; index < widths.length; index++) {
            String column = columns.get(index);
            titles.add(words(column).toUpperCase(Locale.ROOT));
            widths[index] = titles.get(index).length();
            numeric[index] = true;
            for (Map<String, @Nullable Object> row : report.rows()) {
                Object value = row.get(column);
                widths[index] = Math.max(widths[index], Output.text(value).length());
                numeric[index] &= value == null || value instanceof Number;
            }
        }
        String heading = line(titles, widths, numeric);
        out.println(colours ? "\u001b[1m" + heading + "\u001b[0m" : heading);
        for (Map<String, @Nullable Object> row : report.rows()) {
            out.println(line(
                    columns.stream().map(each -> Output.text(row.get(each))).toList(), widths, numeric));
        }
    }

    /** {@code logStartOffset} as "log start offset". */
    static String words(String camelCase) {
        StringBuilder words = new StringBuilder();
        for (char each : camelCase.toCharArray()) {
            words.append(Character.isUpperCase(each) ? " " : "").append(Character.toLowerCase(each));
        }
        return words.toString();
    }

    private static String line(List<String> cells, int[] widths, boolean[] numeric) {
        StringBuilder line = new StringBuilder();
        for (int index = 0; index < cells.size(); index++) {
            String blanks = " ".repeat(widths[index] - cells.get(index).length());
            line.append(index == 0 ? "" : "  ");
            line.append(numeric[index] ? blanks + cells.get(index) : cells.get(index) + blanks);
        }
        return line.toString().stripTrailing();
    }
}
