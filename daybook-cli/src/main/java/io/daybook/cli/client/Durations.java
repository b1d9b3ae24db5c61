package io.daybook.cli.client;

/** Durations as people write them: {@code 500ms}, {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d}. */
final class Durations {
    private Durations() {}

    /**
     * In milliseconds.
     *
     * @throws NumberFormatException if it is not a whole number and a unit, or too long
     */
    static long parseMs(String text) {
        int unitBegin = 0;
        while (unitBegin < text.length() && Character.isDigit(text.charAt(unitBegin))) {
            unitBegin++;
        }
        long count = Long.parseLong(text.substring(0, unitBegin));
        long unitMs =
                switch (text.substring(unitBegin)) {
                    case "ms" -> 1L;
                    case "s" -> 1_000L;
                    case "m" -> 60_000L;
                    case "h" -> 3_600_000L;
                    case "d" -> 86_400_000L;
                    default -> throw new NumberFormatException("no unit of time: " + text);
                };
        if (count > Long.MAX_VALUE / unitMs) {
            throw new NumberFormatException("too long: " + text);
        }
        return count * unitMs;
    }
}
