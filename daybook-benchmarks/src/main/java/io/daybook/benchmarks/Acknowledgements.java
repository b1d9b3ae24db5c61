package io.daybook.benchmarks;

import java.util.Arrays;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What a broker said about the records of one producer: in each partition the offsets must be those of the order of
 * sending. Called by the producer's thread; read once the producer is closed.
 */
final class Acknowledgements {
    private final String topic;
    private final long[] next;
    private @Nullable RuntimeException failure;

    Acknowledgements(String topic, int partitions) {
        this.topic = topic;
        this.next = new long[partitions];
    }

    /** The producer's callback for one record. */
    void accept(int partition, @Nullable RecordMetadata metadata, @Nullable Exception refusal) {
        if (failure != null) {
            return;
        }
        if (refusal != null || metadata == null) {
            failure = new IllegalStateException("a record was refused", refusal);
        } else if (metadata.hasOffset() && metadata.offset() != next[partition]) {
            failure = new WrongResult(topic + "-" + partition + ": offset " + metadata.offset()
                    + " was acknowledged where " + next[partition] + " was due");
        }
        next[partition]++;
    }

    /** Everything was acknowledged, or this throws. */
    void complete(long[] sent) {
        if (failure != null) {
            throw failure;
        }
        if (!Arrays.equals(sent, next)) {
            throw new WrongResult(
                    topic + ": sent " + Arrays.toString(sent) + ", acknowledged " + Arrays.toString(next));
        }
    }
}
