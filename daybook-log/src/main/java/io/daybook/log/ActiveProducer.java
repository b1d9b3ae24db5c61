package io.daybook.log;

/**
 * What the log remembers of an idempotent or transactional producer.
 *
 * @param producerId the producer
 * @param producerEpoch its epoch
 * @param lastSequence the last record's sequence number, -1 if it has only written markers
 * @param lastTimestampMs when its last batch was written
 * @param coordinatorEpoch of the last transaction marker, -1 if there was none
 * @param transactionStartOffset of the transaction under way, -1 if there is none
 */
public record ActiveProducer(
        long producerId,
        short producerEpoch,
        int lastSequence,
        long lastTimestampMs,
        int coordinatorEpoch,
        long transactionStartOffset) {}
