package io.daybook.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/**
 * Sends one and the same large batch over and over with {@code acks=all}: a client that costs next to nothing, so that the
 * broker and the drive are the limit. Checks the offset of each answer.
 */
final class RawProduction {
    private static final short PRODUCE = 0;
    private static final short VERSION = 7;
    private static final int IN_FLIGHT = 8;
    private static final int TIMEOUT_MS = 30_000;
    private static final int RECORDS_PER_BATCH = 900;

    private final byte[] topic;
    private final int partitions;
    private final ByteBuffer batch;
    private final long[] next;

    RawProduction(String topic, int partitions) {
        this.topic = topic.getBytes(StandardCharsets.UTF_8);
        this.partitions = partitions;
        this.next = new long[partitions];
        SimpleRecord[] records = new SimpleRecord[RECORDS_PER_BATCH];
        Payload payload = new Payload();
        // records of 1970 would be deleted by the next round of retention
        long nowMs = System.currentTimeMillis();
        for (int i = 0; i < RECORDS_PER_BATCH; i++) {
            records[i] = new SimpleRecord(nowMs, null, payload.of(0, i, 0).clone());
        }
        ByteBuffer bytes = MemoryRecords.withRecords(Compression.NONE, records).buffer();
        this.batch = ByteBuffer.allocateDirect(bytes.remaining()).put(bytes).flip();
    }

    /** Sends about so many bytes and waits for all answers; returns how many bytes they were. */
    long run(int port, long bytes, LongConsumer writing) throws IOException {
        int batches = (int) Math.max(1, bytes / batch.capacity());
        try (RawConnection connection = new RawConnection(port, 64 * 1024)) {
            for (int i = 0; i < batches + IN_FLIGHT; i++) {
                if (i >= IN_FLIGHT) {
                    check(connection.receive(), (i - IN_FLIGHT) % partitions);
                }
                if (i < batches) {
                    writing.accept(batch.capacity());
                    send(connection, i % partitions);
                }
                if (i - IN_FLIGHT == batches - 1) {
                    break;
                }
            }
        }
        return (long) batches * batch.capacity();
    }

    private void send(RawConnection connection, int partition) throws IOException {
        ByteBuffer body = connection.begin(PRODUCE, VERSION);
        body.putShort((short) -1).putShort((short) -1).putInt(TIMEOUT_MS); // no transaction, acks=all
        RawConnection.putString(body.putInt(1), topic);
        body.putInt(1).putInt(partition).putInt(batch.capacity());
        connection.send(batch.duplicate());
    }

    private void check(ByteBuffer response, int partition) {
        response.getInt(); // topics
        RawConnection.skipString(response);
        response.getInt(); // partitions
        int answered = response.getInt();
        short error = response.getShort();
        long baseOffset = response.getLong();
        if (answered != partition || error != 0 || baseOffset != next[partition]) {
            throw new WrongResult("partition " + partition + ": error " + error + ", offset " + baseOffset
                    + " was acknowledged where " + next[partition] + " was due");
        }
        next[partition] += RECORDS_PER_BATCH;
    }
}
