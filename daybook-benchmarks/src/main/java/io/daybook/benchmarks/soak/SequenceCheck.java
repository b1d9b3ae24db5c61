package io.daybook.benchmarks.soak;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Each producer numbers its records by the partition; whoever reads a partition must see the numbers without gaps and in
 * order. What was read may come again only when a partition goes over to another member. For any thread.
 */
final class SequenceCheck {
    private final Map<Stream, Long> acknowledged = new ConcurrentHashMap<>();
    private final Map<Stream, Long> read = new ConcurrentHashMap<>();
    private final Set<Stream> mayRepeat = ConcurrentHashMap.newKeySet();
    private final AtomicReference<String> firstFault = new AtomicReference<>("");
    private final LongAdder readCount = new LongAdder();

    /** The records of one producer in one partition. */
    record Stream(int producer, int partition) {}

    void acknowledged(Stream stream, long number) {
        acknowledged.merge(stream, number, Math::max);
    }

    /** From now on another member reads the partition: from the last commit on. */
    void reassigned(int partition) {
        for (Stream each : read.keySet()) {
            if (each.partition == partition) {
                mayRepeat.add(each);
            }
        }
    }

    /** A partition is read by one member at a time. */
    void read(Stream stream, long number) {
        long expected = read.getOrDefault(stream, -1L) + 1;
        if (number == expected) {
            read.put(stream, number);
            readCount.increment();
            mayRepeat.remove(stream);
        } else if (number > expected) {
            fault(stream + ": number " + number + " follows " + (expected - 1) + "; records are lost");
            read.put(stream, number);
        } else if (!mayRepeat.contains(stream)) {
            fault(stream + ": number " + number + " comes again, or late, after " + (expected - 1));
        }
    }

    void fault(String what) {
        firstFault.compareAndSet("", what);
    }

    /** What was wrong first, empty if nothing. */
    String firstFault() {
        return firstFault.get();
    }

    long readCount() {
        return readCount.sum();
    }

    /** Whether everything that was acknowledged was read. */
    boolean isComplete() {
        return acknowledged.entrySet().stream()
                .allMatch(each -> read.getOrDefault(each.getKey(), -1L) >= each.getValue());
    }
}
