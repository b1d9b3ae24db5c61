package io.daybook.benchmarks.soak;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Each producer numbers its records by the partition; whoever reads a partition must see the numbers without gaps and in
 * order. What was read may come again only when a partition goes over to another member. For any thread.
 */
final class SequenceCheck {
    private final Map<Stream, Long> acknowledged = new HashMap<>();
    private final Map<Stream, Long> read = new HashMap<>();
    private final Set<Stream> mayRepeat = new HashSet<>();
    private String firstFault = "";
    private long readCount;

    /** The records of one producer in one partition. */
    record Stream(int producer, int partition) {}

    synchronized void acknowledged(Stream stream, long number) {
        acknowledged.merge(stream, number, Math::max);
    }

    /** From now on another member reads the partition: from the last commit on. */
    synchronized void reassigned(int partition) {
        for (Stream each : read.keySet()) {
            if (each.partition == partition) {
                mayRepeat.add(each);
            }
        }
    }

    synchronized void read(Stream stream, long number) {
        long expected = read.getOrDefault(stream, -1L) + 1;
        if (number == expected) {
            read.put(stream, number);
            readCount++;
            mayRepeat.remove(stream);
        } else if (number > expected) {
            fault(stream + ": number " + number + " follows " + (expected - 1) + "; records are lost");
            read.put(stream, number);
        } else if (!mayRepeat.contains(stream)) {
            fault(stream + ": number " + number + " comes again, or late, after " + (expected - 1));
        }
    }

    synchronized void fault(String what) {
        if (firstFault.isEmpty()) {
            firstFault = what;
        }
    }

    /** What was wrong first, empty if nothing. */
    synchronized String firstFault() {
        return firstFault;
    }

    synchronized long readCount() {
        return readCount;
    }

    /** Whether everything that was acknowledged was read. */
    synchronized boolean isComplete() {
        return acknowledged.entrySet().stream()
                .allMatch(each -> read.getOrDefault(each.getKey(), -1L) >= each.getValue());
    }
}
