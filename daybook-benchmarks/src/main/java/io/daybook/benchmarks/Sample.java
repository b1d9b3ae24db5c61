package io.daybook.benchmarks;

/**
 * One figure of one run.
 *
 * @param row which row of the table it belongs to
 * @param value in the row's unit
 */
record Sample(Row row, double value) {
    /** How the figures of the two brokers become a ratio. */
    enum Kind {
        /** Daybook / Kafka, better when small. */
        AT_MOST,
        /** Daybook / Kafka, better when large. */
        AT_LEAST,
        /** Both figures are shares of what the machine can do; the ratio is Daybook's, better when large. */
        SHARE,
        /** What the machine can do: measured beside the two, and no row of the comparison. */
        LIMIT,
        /** Only for a plot. */
        PLOT
    }

    /**
     * A row of the table.
     *
     * @param name what was measured
     * @param unit of the two values
     * @param goal the ratio that is aimed at
     * @param kind what the ratio means
     */
    record Row(String name, String unit, double goal, Kind kind) {
        static Row atMost(String name, String unit, double goal) {
            return new Row(name, unit, goal, Kind.AT_MOST);
        }

        static Row atLeast(String name, String unit, double goal) {
            return new Row(name, unit, goal, Kind.AT_LEAST);
        }

        static Row share(String name, double goal) {
            return new Row(name, "share", goal, Kind.SHARE);
        }

        static Row limit(String name, String unit) {
            return new Row(name, unit, Double.NaN, Kind.LIMIT);
        }

        static Row plot(String name, String unit) {
            return new Row(name, unit, Double.NaN, Kind.PLOT);
        }

        /** Whether it compares the two brokers. */
        boolean isCompared() {
            return kind != Kind.LIMIT && kind != Kind.PLOT;
        }

        boolean isHigherBetter() {
            return kind == Kind.AT_LEAST || kind == Kind.SHARE;
        }

        Sample of(double value) {
            return new Sample(this, value);
        }
    }
}
