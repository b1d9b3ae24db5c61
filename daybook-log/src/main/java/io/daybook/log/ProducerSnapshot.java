package io.daybook.log;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Kafka's file of producers, version 1. Kafka writes one entry per producer, with its last batch; here each of the last
 * batches has an entry, the latest last, so that duplicates of all of them are known after a restart. Kafka's own readers
 * take the last entry of a producer.
 */
final class ProducerSnapshot {
    private static final short VERSION = 1;
    private static final int CRC_AT = 2;
    private static final int ENTRIES_AT = 6;
    private static final int COUNT_BYTES = 4;
    private static final int ENTRY_BYTES = 8 + 2 + 4 + 8 + 4 + 8 + 4 + 8;

    private ProducerSnapshot() {}

    static ByteBuffer encode(Collection<ProducerEntry> producers) {
        int count = 0;
        for (ProducerEntry producer : producers) {
            count += Math.max(1, producer.batches().length);
        }
        ByteBuffer bytes = ByteBuffer.allocate(ENTRIES_AT + COUNT_BYTES + count * ENTRY_BYTES);
        bytes.putShort(VERSION).putInt(0).putInt(count);
        for (ProducerEntry producer : producers) {
            if (producer.batches().length == 0) {
                putEntry(bytes, producer, new ProducerEntry.AppendedBatch(-1, -1, 0, producer.lastTimestampMs()));
            }
            for (ProducerEntry.AppendedBatch batch : producer.batches()) {
                putEntry(bytes, producer, batch);
            }
        }
        bytes.putInt(CRC_AT, crc(bytes.flip()));
        return bytes;
    }

    private static void putEntry(ByteBuffer bytes, ProducerEntry producer, ProducerEntry.AppendedBatch batch) {
        boolean last = batch.lastOffset() == producer.lastOffset();
        bytes.putLong(producer.producerId())
                .putShort(producer.producerEpoch())
                .putInt(batch.lastSequence())
                .putLong(batch.lastOffset())
                .putInt(batch.offsetDelta())
                .putLong(last ? producer.lastTimestampMs() : batch.timestampMs())
                .putInt(producer.coordinatorEpoch())
                .putLong(producer.transactionStartOffset());
    }

    /** Empty if the file is not whole. */
    static Optional<Map<Long, ProducerEntry>> decode(ByteBuffer source) {
        ByteBuffer bytes = source.slice();
        if (bytes.limit() < ENTRIES_AT + COUNT_BYTES
                || bytes.getShort(0) != VERSION
                || bytes.getInt(CRC_AT) != crc(bytes)) {
            return Optional.empty();
        }
        int count = bytes.getInt(ENTRIES_AT);
        if (count < 0 || bytes.limit() - ENTRIES_AT - COUNT_BYTES != (long) count * ENTRY_BYTES) {
            return Optional.empty();
        }
        Map<Long, ProducerEntry> producers = new LinkedHashMap<>();
        bytes.position(ENTRIES_AT + COUNT_BYTES);
        for (int i = 0; i < count; i++) {
            readEntry(bytes, producers);
        }
        return Optional.of(producers);
    }

    private static void readEntry(ByteBuffer bytes, Map<Long, ProducerEntry> producers) {
        long producerId = bytes.getLong();
        short producerEpoch = bytes.getShort();
        ProducerEntry entry = producers.computeIfAbsent(producerId, id -> new ProducerEntry(id, producerEpoch));
        entry.raiseEpoch(producerEpoch);
        int lastSequence = bytes.getInt();
        long lastOffset = bytes.getLong();
        int offsetDelta = bytes.getInt();
        long timestampMs = bytes.getLong();
        if (lastOffset >= 0) {
            entry.add(new ProducerEntry.AppendedBatch(lastSequence, lastOffset, offsetDelta, timestampMs));
        }
        entry.restore(timestampMs, bytes.getInt(), bytes.getLong());
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(ENTRIES_AT, bytes.limit() - ENTRIES_AT));
        return (int) crc.getValue();
    }
}
