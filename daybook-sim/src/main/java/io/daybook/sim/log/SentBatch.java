package io.daybook.sim.log;

import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordBatchBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A batch that a client sends, perhaps again and again: the records by name, and how they become bytes. */
final class SentBatch {
    private final String producer;
    private final long producerId;
    private final int firstNumber;
    private final List<Integer> valueBytes;
    private final Compression compression;
    private final long timestampMs;

    SentBatch(
            String producer,
            long producerId,
            int firstNumber,
            List<Integer> valueBytes,
            Compression compression,
            long timestampMs) {
        this.producer = producer;
        this.producerId = producerId;
        this.firstNumber = firstNumber;
        this.valueBytes = List.copyOf(valueBytes);
        this.compression = compression;
        this.timestampMs = timestampMs;
    }

    int recordCount() {
        return valueBytes.size();
    }

    /** The names of the records, in their order: producer and number. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < valueBytes.size(); i++) {
            names.add(producer + "#" + (firstNumber + i));
        }
        return names;
    }

    /** A fresh copy, since the log patches what it is given. */
    ByteBuffer bytes() {
        RecordBatchBuilder builder = new RecordBatchBuilder(compression);
        if (producerId >= 0) {
            builder.producer(producerId, (short) 0, firstNumber);
        }
        List<String> names = names();
        for (int i = 0; i < valueBytes.size(); i++) {
            String name = names.get(i);
            builder.append(
                    timestampMs,
                    ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)),
                    ByteBuffer.wrap(value(name, valueBytes.get(i))));
        }
        return builder.build();
    }

    @Override
    public String toString() {
        return producer + "#" + firstNumber + "+" + recordCount();
    }

    /** What the record of this name holds: any reader can tell whether it was changed. */
    static byte[] value(String name, int sizeBytes) {
        byte[] value = new byte[sizeBytes];
        int state = name.hashCode() * 31 + sizeBytes;
        for (int i = 0; i < sizeBytes; i++) {
            state = state * 1103515245 + 12345;
            value[i] = (byte) ('a' + ((state >>> 16) & 15));
        }
        return value;
    }
}
