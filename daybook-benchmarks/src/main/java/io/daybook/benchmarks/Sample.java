package io.daybook.benchmarks;

/**
 * One figure of one run.
 *
 * @param row which row of the table it belongs to
 * @param value in the row's unit
 */
record Sample(Row row, double value) {
    /**
     * A row of the table.
     *
     * @param name what was measured
     * @param unit of the two values
     * @param goal the ratio Daybook / Kafka that is aimed at; at most, or at least where higher is better
     * @param higherIsBetter whether the ratio should be large
     */
    record Row(String name, String unit, double goal, boolean higherIsBetter) {
        static Row atMost(String name, String unit, double goal) {
            return new Row(name, unit, goal, false);
        }

        static Row atLeast(String name, String unit, double goal) {
            return new Row(name, unit, goal, true);
        }

        Sample of(double value) {
            return new Sample(this, value);
        }
    }
}
