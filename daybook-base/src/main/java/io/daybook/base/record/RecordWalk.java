package io.daybook.base.record;

import java.nio.ByteBuffer;

/**
 * Walks quickly through the records of a batch that is not compressed, to tell those with nothing to object to. Whatever
 * is not clearly right is left to {@link RecordReader}, which says what is wrong with it. A produced batch spends most of
 * its check here, often in code of the JVM's quick compiler, which hardly inlines: so the bytes come into an array a
 * window at a time and a number of one byte costs no call. Reuses its memory. Not for several threads.
 */
final class RecordWalk {
    private static final int WINDOW_BYTES = 4096;

    /** What may be read between two calls of {@link #pass}: the numbers after a value and those before the next key. */
    private static final int NUMBERS_BYTES = 40;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MAX_INT_BYTES = 5;
    private static final int MAX_LONG_BYTES = 10;

    /** Numbers may be read past the last record before that is noticed: such bytes are old ones, and never count. */
    private final byte[] window = new byte[WINDOW_BYTES + 2 * NUMBERS_BYTES];

    private ByteBuffer records = NOTHING;
    private int windowStart;
    private int at;
    private int lastSafeAt;
    private boolean isNumberTooLong;
    private boolean hasEveryRecordAKey;
    private long minTimestampMs;
    private long maxTimestampMs;

    /**
     * Whether every record is whole, in its place, and what the rules ask for. False says nothing: see the class. The
     * header has been checked, the batch's bytes are borrowed until this returns.
     */
    boolean isRight(RecordBatch batch, BatchRules rules, long nowMs) {
        if (batch.compression() != Compression.NONE || batch.timestampType() != TimestampType.CREATE_TIME) {
            return false;
        }
        records = batch.recordsSlice();
        hasEveryRecordAKey = true;
        isNumberTooLong = false;
        minTimestampMs = Long.MAX_VALUE;
        maxTimestampMs = RecordBatch.NO_TIMESTAMP;
        windowStart = 0;
        at = 0;
        show();
        boolean isWhole = isWhole(batch.recordCount(), batch.baseTimestamp());
        records = NOTHING;
        return isWhole && (hasEveryRecordAKey || !rules.needsKeys()) && areTimesRight(rules, nowMs);
    }

    /** The greatest time of the records that were right. */
    long maxTimestampMs() {
        return maxTimestampMs;
    }

    private boolean areTimesRight(BatchRules rules, long nowMs) {
        return rules.timestampType() == TimestampType.LOG_APPEND_TIME
                || (minTimestampMs >= 0
                        && nowMs - minTimestampMs <= rules.timestampBeforeMaxMs()
                        && maxTimestampMs - nowMs <= rules.timestampAfterMaxMs());
    }

    private boolean isWhole(int recordCount, long baseTimestampMs) {
        int end = records.limit();
        for (int i = 0; i < recordCount; i++) {
            int sizeBytes = decoded(number());
            int recordAt = windowStart + at;
            if (sizeBytes < 0 || sizeBytes > end - recordAt) {
                return false;
            }
            at++; // attributes: none are defined
            long timestampMs = baseTimestampMs + decoded(longNumber());
            if (decoded(number()) != i || !isBodyWhole(recordAt + sizeBytes)) {
                return false;
            }
            if (timestampMs < minTimestampMs) {
                minTimestampMs = timestampMs;
            }
            if (timestampMs > maxTimestampMs) {
                maxTimestampMs = timestampMs;
            }
        }
        return windowStart + at == end && !isNumberTooLong;
    }

    private boolean isBodyWhole(int recordEnd) {
        int keyBytes = decoded(number());
        if (keyBytes < 0) {
            hasEveryRecordAKey = false;
        }
        if (keyBytes < -1 || keyBytes > recordEnd - windowStart - at) {
            return false;
        }
        pass(keyBytes);
        int valueBytes = decoded(number());
        if (valueBytes < -1 || valueBytes > recordEnd - windowStart - at) {
            return false;
        }
        pass(valueBytes);
        int headerCount = decoded(number());
        return headerCount == 0
                ? windowStart + at == recordEnd
                : headerCount > 0 && areHeadersWhole(headerCount, recordEnd);
    }

    private boolean areHeadersWhole(int headerCount, int recordEnd) {
        for (int i = 0; i < headerCount; i++) {
            if (!passHeaderField(0, recordEnd) || !passHeaderField(-1, recordEnd)) {
                return false;
            }
        }
        return windowStart + at == recordEnd;
    }

    /** Passes over a length and what is so long, unless it is less than may be or reaches beyond the record. */
    private boolean passHeaderField(int leastBytes, int recordEnd) {
        int bytes = decoded(number());
        if (bytes < leastBytes || bytes > recordEnd - windowStart - at) {
            return false;
        }
        pass(bytes);
        return true;
    }

    /** Passes over the bytes of something, -1 if it is not there; numbers can be read after it. */
    private void pass(int bytes) {
        if (bytes > 0) {
            at += bytes;
        }
        if (at > lastSafeAt) {
            show();
        }
    }

    private void show() {
        int start = windowStart + at;
        int bytes = Math.min(WINDOW_BYTES, records.limit() - start);
        records.get(start, window, 0, bytes);
        windowStart = start;
        at = 0;
        lastSafeAt = start + bytes == records.limit() ? Integer.MAX_VALUE : bytes - NUMBERS_BYTES;
    }

    private static int decoded(int zigzag) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    private static long decoded(long zigzag) {
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    private int number() {
        byte first = window[at++];
        return first >= 0 ? first : (int) rest(first, MAX_INT_BYTES);
    }

    private long longNumber() {
        byte first = window[at++];
        return first >= 0 ? first : rest(first, MAX_LONG_BYTES);
    }

    /** What the number is whose first byte says that there are more. */
    private long rest(long firstByte, int maxBytes) {
        long value = firstByte & 0x7F;
        for (int shift = 7; shift < 7 * maxBytes; shift += 7) {
            byte next = window[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        isNumberTooLong = true;
        return value;
    }
}
