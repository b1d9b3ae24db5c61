package io.daybook.log;

import io.daybook.base.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first batches of idempotent producers that were refused, for whatever reason. A producer that a log does not know
 * may begin with any sequence, because retention may have forgotten it; but what it sent behind a refused batch must not
 * get in before that one comes again. Kept in memory only: a restart breaks the connections, and over a new one a client
 * sends in order again. Owned by the log's shard. Bounded: the oldest are forgotten.
 */
public final class AwaitedSequences {
    private static final int MAX_PRODUCERS = 1_000;

    private final Map<Long, Awaited> byProducer = new LinkedHashMap<>(4);

    private record Awaited(short producerEpoch, int sequence) {}

    /** Nothing is awaited. */
    public AwaitedSequences() {}

    /**
     * A batch was refused.
     *
     * @param batches what a client sent, perhaps not even a whole header; borrowed
     */
    public void refused(ByteBuffer batches) {
        if (batches.remaining() < RecordBatch.HEADER_BYTES) {
            return;
        }
        RecordBatch batch = RecordBatch.at(batches, batches.position());
        if (batch.magic() != RecordBatch.MAGIC || !batch.hasProducerId() || batch.baseSequence() < 0) {
            return;
        }
        Awaited now = byProducer.get(batch.producerId());
        if (now == null || batch.producerEpoch() > now.producerEpoch || !isBehind(batch, now)) {
            byProducer.put(batch.producerId(), new Awaited(batch.producerEpoch(), batch.baseSequence()));
        }
        if (byProducer.size() > MAX_PRODUCERS) {
            byProducer.remove(byProducer.keySet().iterator().next());
        }
    }

    /** Whether an earlier batch of the same producer and epoch was refused and did not come again. */
    boolean isTooEarly(RecordBatch batch) {
        Awaited awaited = byProducer.get(batch.producerId());
        return awaited != null && isBehind(batch, awaited);
    }

    /** The producer is known to the log from now on. */
    void forget(long producerId) {
        byProducer.remove(producerId);
    }

    /** Takes over what was refused elsewhere. */
    void addAll(AwaitedSequences others) {
        byProducer.putAll(others.byProducer);
    }

    private static boolean isBehind(RecordBatch batch, Awaited awaited) {
        return batch.producerEpoch() == awaited.producerEpoch
                && ProducerSequences.isBehind(batch.baseSequence(), awaited.sequence);
    }
}
