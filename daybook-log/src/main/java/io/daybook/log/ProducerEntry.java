package io.daybook.log;

import java.util.Arrays;

/** What is remembered of one producer: its epoch, its last batches, its open transaction. Owned by the log's shard. */
final class ProducerEntry {
    static final int REMEMBERED_BATCHES = 5;
    static final int NO_SEQUENCE = -1;
    static final long NO_OFFSET = -1;
    static final int NO_COORDINATOR_EPOCH = -1;

    /**
     * A batch that was appended.
     *
     * @param lastOffset of its records, inclusive
     * @param offsetDelta from the first record to the last
     */
    record AppendedBatch(int lastSequence, long lastOffset, int offsetDelta, long timestampMs) {
        long baseOffset() {
            return lastOffset - offsetDelta;
        }

        int firstSequence() {
            return ProducerSequences.before(lastSequence, offsetDelta);
        }
    }

    private static final AppendedBatch[] NONE = new AppendedBatch[0];

    private final long producerId;
    private short producerEpoch;
    private AppendedBatch[] batches = NONE;
    private long lastTimestampMs = -1;
    private int coordinatorEpoch = NO_COORDINATOR_EPOCH;
    private long transactionStartOffset = NO_OFFSET;

    ProducerEntry(long producerId, short producerEpoch) {
        this.producerId = producerId;
        this.producerEpoch = producerEpoch;
    }

    long producerId() {
        return producerId;
    }

    short producerEpoch() {
        return producerEpoch;
    }

    AppendedBatch[] batches() {
        return batches;
    }

    int lastSequence() {
        return batches.length == 0 ? NO_SEQUENCE : batches[batches.length - 1].lastSequence;
    }

    long lastOffset() {
        return batches.length == 0 ? NO_OFFSET : batches[batches.length - 1].lastOffset;
    }

    long lastTimestampMs() {
        return lastTimestampMs;
    }

    int coordinatorEpoch() {
        return coordinatorEpoch;
    }

    long transactionStartOffset() {
        return transactionStartOffset;
    }

    boolean hasOpenTransaction() {
        return transactionStartOffset != NO_OFFSET;
    }

    /** Takes a newer epoch; what the old one sent is no duplicate any more. */
    void raiseEpoch(short newEpoch) {
        if (newEpoch != producerEpoch) {
            producerEpoch = newEpoch;
            batches = NONE;
        }
    }

    void add(AppendedBatch batch) {
        int kept = Math.min(batches.length, REMEMBERED_BATCHES - 1);
        AppendedBatch[] next = Arrays.copyOfRange(batches, batches.length - kept, batches.length + 1);
        next[kept] = batch;
        batches = next;
        lastTimestampMs = batch.timestampMs;
    }

    void beginTransaction(long firstOffset) {
        transactionStartOffset = firstOffset;
    }

    void endTransaction(int markerCoordinatorEpoch, long timestampMs) {
        coordinatorEpoch = markerCoordinatorEpoch;
        transactionStartOffset = NO_OFFSET;
        lastTimestampMs = timestampMs;
    }

    /** As read from a snapshot. */
    void restore(long timestampMs, int restoredCoordinatorEpoch, long restoredTransactionStart) {
        lastTimestampMs = timestampMs;
        coordinatorEpoch = restoredCoordinatorEpoch;
        transactionStartOffset = restoredTransactionStart;
    }

    ActiveProducer describe() {
        return new ActiveProducer(
                producerId, producerEpoch, lastSequence(), lastTimestampMs, coordinatorEpoch, transactionStartOffset);
    }
}
