package io.daybook.benchmarks;

import java.util.zip.CRC32C;

/**
 * What came back from one partition that one producer filled from its beginning: every record once, in order, at its
 * offset, and whole. Anything else fails the run. For one thread.
 */
final class Arrivals {
    private final String topic;
    private final int partition;
    private final CRC32C crc = new CRC32C();
    private long next;

    Arrivals(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
    }

    /** The offset that is due next, which is the number of records that arrived. */
    long next() {
        return next;
    }

    /** Takes the next record. */
    void accept(long offset, byte[] value) {
        if (!Payload.isWhole(value, crc)) {
            throw wrong("the record at offset " + offset + " is not what was sent");
        }
        if (Payload.partition(value) != partition) {
            throw wrong("offset " + offset + " holds a record that was sent to partition " + Payload.partition(value));
        }
        if (offset != next) {
            throw wrong("offset " + offset + " came where " + next + " was due");
        }
        if (Payload.sequence(value) != next) {
            throw wrong("record " + Payload.sequence(value) + " is at offset " + offset);
        }
        next++;
    }

    /** All have been taken: are they as many as were acknowledged? */
    void complete(long acknowledged) {
        if (next != acknowledged) {
            throw wrong(next + " records came back of " + acknowledged + " that were acknowledged");
        }
    }

    private WrongResult wrong(String what) {
        return new WrongResult(topic + "-" + partition + ": " + what);
    }
}
