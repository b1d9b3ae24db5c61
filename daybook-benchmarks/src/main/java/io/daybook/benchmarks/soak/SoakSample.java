package io.daybook.benchmarks.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The server at one moment.
 *
 * @param recordsPerSecond read since the sample before
 * @param heapMib alive after a collection
 * @param rssMib resident
 * @param openFiles files and sockets
 */
record SoakSample(double recordsPerSecond, double heapMib, double rssMib, long openFiles) {
    private static final double MAX_THROUGHPUT_DRIFT = 0.05;
    private static final double MAX_HEAP_GROWTH = 0.10;
    /** Segments roll and topics come and go, so that a few more or less are open at a moment. */
    private static final double MAX_MORE_FILES = 5;

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%8.0f records/s  heap %6.2f MiB  rss %6.1f MiB  %4d open files",
                recordsPerSecond,
                heapMib,
                rssMib,
                openFiles);
    }

    /** What the last third has that the first has not; empty if nothing drifts. */
    static String drift(List<SoakSample> samples) {
        int third = samples.size() / 3;
        if (third == 0) {
            return "";
        }
        List<SoakSample> first = samples.subList(0, third);
        List<SoakSample> last = samples.subList(samples.size() - third, samples.size());
        StringBuilder found = new StringBuilder();
        compare(
                found,
                "records/s",
                median(first, SoakSample::recordsPerSecond),
                median(last, SoakSample::recordsPerSecond));
        double heapBefore = median(first, SoakSample::heapMib);
        double heapAfter = median(last, SoakSample::heapMib);
        if (heapAfter > heapBefore * (1 + MAX_HEAP_GROWTH)) {
            found.append(String.format(Locale.ROOT, "heap grew from %.2f to %.2f MiB%n", heapBefore, heapAfter));
        }
        double filesBefore = median(first, SoakSample::openFiles);
        double filesAfter = median(last, SoakSample::openFiles);
        if (filesAfter > filesBefore + MAX_MORE_FILES) {
            found.append(String.format(Locale.ROOT, "open files grew from %.0f to %.0f%n", filesBefore, filesAfter));
        }
        return found.toString();
    }

    private static void compare(StringBuilder found, String what, double before, double after) {
        if (Math.abs(after - before) > MAX_THROUGHPUT_DRIFT * before) {
            found.append(String.format(Locale.ROOT, "%s went from %.0f to %.0f%n", what, before, after));
        }
    }

    private static double median(List<SoakSample> samples, ToDoubleFunction<SoakSample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
