package io.daybook.benchmarks;

import java.util.Locale;

/** Round numbers for an axis. */
final class Scale {
    private static final int LINES = 5;

    private Scale() {}

    /** 1, 2 or 5 times a power of ten, so that about five lines cover the values. */
    static double step(double largest) {
        double rough = largest / LINES;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (rough <= factor * power) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    static String label(double value) {
        return value == Math.rint(value)
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.2f", value).replaceAll("0+$", "");
    }
}
