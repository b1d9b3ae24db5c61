package io.daybook.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Fetches a topic and looks at nothing but the headers of the batches: they must follow each other without a gap. Two
 * requests are always in flight, each for one half of the partitions, so that broker and client work at the same time.
 */
final class RawConsumption {
    private static final short FETCH = 1;
    private static final short VERSION = 11;
    private static final int MAX_RESPONSE_BYTES = 8 << 20;
    private static final int MAX_PARTITION_BYTES = 1 << 20;
    private static final int MAX_WAIT_MS = 500;
    private static final int LAST_OFFSET_DELTA_POSITION = 23;
    private static final int BATCH_OVERHEAD_BYTES = 12;
    private static final int BATCH_HEADER_BYTES = 61;

    private final byte[] topic;
    private final long[] next;
    private final long[] ends;

    RawConsumption(String topic, long[] ends) {
        this.topic = topic.getBytes(StandardCharsets.UTF_8);
        this.next = new long[ends.length];
        this.ends = ends.clone();
    }

    /** Reads everything so many times; returns the bytes of the batches. */
    long run(int port, int passes) throws IOException {
        long bytes = 0;
        int half = ends.length / 2;
        try (RawConnection connection = new RawConnection(port, MAX_RESPONSE_BYTES + MAX_PARTITION_BYTES)) {
            for (int pass = 0; pass < passes; pass++) {
                Arrays.fill(next, 0);
                request(connection, 0, half);
                request(connection, half, ends.length);
                int inFlight = 2;
                for (int turn = 0; inFlight > 0; turn++) {
                    bytes += take(connection.receive());
                    inFlight--;
                    boolean isFirstHalf = turn % 2 == 0;
                    int from = isFirstHalf ? 0 : half;
                    int to = isFirstHalf ? half : ends.length;
                    // When one half is done, its turns are empty requests that are answered at once.
                    if (isLeft(0, ends.length)) {
                        request(connection, from, to);
                        inFlight++;
                    }
                }
            }
        }
        return bytes;
    }

    private boolean isLeft(int from, int to) {
        for (int partition = from; partition < to; partition++) {
            if (next[partition] < ends[partition]) {
                return true;
            }
        }
        return false;
    }

    private void request(RawConnection connection, int from, int to) throws IOException {
        ByteBuffer body = connection.begin(FETCH, VERSION);
        body.putInt(-1).putInt(isLeft(from, to) ? MAX_WAIT_MS : 0).putInt(1).putInt(MAX_RESPONSE_BYTES);
        body.put((byte) 0).putInt(0).putInt(-1); // read uncommitted, no session
        RawConnection.putString(body.putInt(1), topic);
        int countPosition = body.position();
        body.putInt(0);
        int count = 0;
        for (int partition = from; partition < to; partition++) {
            if (next[partition] < ends[partition]) {
                body.putInt(partition).putInt(-1).putLong(next[partition]).putLong(-1);
                body.putInt(MAX_PARTITION_BYTES);
                count++;
            }
        }
        body.putInt(countPosition, count);
        body.putInt(0).putShort((short) 0); // nothing forgotten, no rack
        connection.send(ByteBuffer.allocate(0));
    }

    private long take(ByteBuffer response) {
        long bytes = 0;
        response.getInt(); // throttled
        checkError(-1, response.getShort());
        response.getInt(); // session
        for (int topics = response.getInt(); topics > 0; topics--) {
            RawConnection.skipString(response);
            for (int partitions = response.getInt(); partitions > 0; partitions--) {
                int partition = response.getInt();
                checkError(partition, response.getShort());
                response.position(response.position() + 3 * Long.BYTES);
                for (int aborted = response.getInt(); aborted > 0; aborted--) {
                    response.position(response.position() + 2 * Long.BYTES);
                }
                response.getInt(); // preferred replica
                int sizeBytes = Math.max(0, response.getInt());
                bytes += walk(response, partition, sizeBytes);
                response.position(response.position() + sizeBytes);
            }
        }
        return bytes;
    }

    private long walk(ByteBuffer response, int partition, int sizeBytes) {
        int position = response.position();
        int endPosition = position + sizeBytes;
        while (endPosition - position >= BATCH_HEADER_BYTES) {
            int batchBytes = response.getInt(position + Long.BYTES) + BATCH_OVERHEAD_BYTES;
            if (endPosition - position < batchBytes) {
                break; // cut by the size limit
            }
            long lastOffset = response.getLong(position) + response.getInt(position + LAST_OFFSET_DELTA_POSITION);
            boolean isCut = response.getLong(position) > next[partition] || lastOffset < next[partition];
            if (isCut) {
                throw new WrongResult("partition " + partition + ": a batch from " + response.getLong(position)
                        + " came where " + next[partition] + " was due");
            }
            next[partition] = lastOffset + 1;
            position += batchBytes;
        }
        return (long) position - response.position();
    }

    private static void checkError(int partition, short error) {
        if (error != 0) {
            throw new IllegalStateException("fetch of partition " + partition + " failed with error " + error);
        }
    }
}
