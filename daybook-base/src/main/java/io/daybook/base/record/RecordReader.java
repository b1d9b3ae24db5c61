package io.daybook.base.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the records of a batch one after the other. A codec's window and one record are in memory at a time, bounded by
 * what is really there. Can be opened again for another batch. Not for several threads.
 *
 * <p>Every method fails with a {@link CorruptRecordException} if the bytes are not what they claim to be.
 */
public final class RecordReader implements AutoCloseable {
    /** For batches that were checked when they came in. */
    public static final long UNBOUNDED = Long.MAX_VALUE;

    private final RecordInput input = new RecordInput();
    private long baseOffset;
    private long baseTimestampMs;
    private long appendTimeMs;
    private boolean isAppendTime;
    private int recordsLeft;
    private long recordEnd;
    private int offsetDelta;
    private long timestampMs;

    /** Reads nothing yet. */
    public RecordReader() {}

    /** A reader of the records of a batch; see {@link #open}. */
    public static RecordReader of(RecordBatch batch, long maxDecompressedBytes) {
        RecordReader reader = new RecordReader();
        reader.open(batch, maxDecompressedBytes);
        return reader;
    }

    /** All records of a batch. For control records, tools and tests; its memory is that of the decompressed batch. */
    public static List<BatchRecord> readAll(RecordBatch batch, long maxDecompressedBytes) {
        List<BatchRecord> records = new ArrayList<>();
        try (RecordReader reader = of(batch, maxDecompressedBytes)) {
            while (reader.hasNext()) {
                records.add(reader.next());
            }
        }
        return records;
    }

    /**
     * Starts with the first record of a batch, whose bytes are borrowed until {@link #close()}.
     *
     * @param maxDecompressedBytes where decompression gives up
     */
    public void open(RecordBatch batch, long maxDecompressedBytes) {
        recordsLeft = batch.recordCount();
        if (recordsLeft < 0) {
            throw new CorruptRecordException("the batch counts " + recordsLeft + " records");
        }
        baseOffset = batch.baseOffset();
        baseTimestampMs = batch.baseTimestamp();
        appendTimeMs = batch.maxTimestamp();
        isAppendTime = batch.timestampType() == TimestampType.LOG_APPEND_TIME;
        input.open(batch, maxDecompressedBytes);
    }

    /** Whether there is one more record; false also makes sure that nothing follows the last. */
    public boolean hasNext() {
        if (recordsLeft > 0) {
            return true;
        }
        if (!input.isAtEnd()) {
            throw new CorruptRecordException("bytes follow the last record that the batch counts");
        }
        return false;
    }

    /** The next record. */
    public BatchRecord next() {
        readHead();
        ByteBuffer key = readNullable("key");
        ByteBuffer value = readNullable("value");
        int count = readHeaderCount();
        List<RecordHeader> headers = count == 0 ? List.of() : new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            int keyBytes = readLength("header key");
            if (keyBytes < 0) {
                throw new CorruptRecordException("a header without a key");
            }
            String headerKey =
                    StandardCharsets.UTF_8.decode(input.read(keyBytes)).toString();
            headers.add(new RecordHeader(headerKey, readNullable("header value")));
        }
        readTail();
        return new BatchRecord(baseOffset + offsetDelta, timestampMs, key, value, headers);
    }

    /**
     * Passes over the next record, checking its lengths, without decoding what they enclose.
     *
     * @return whether it has a key
     */
    boolean skip() {
        readHead();
        boolean hasKey = skipNullable("key");
        skipNullable("value");
        int count = readHeaderCount();
        for (int i = 0; i < count; i++) {
            if (!skipNullable("header key")) {
                throw new CorruptRecordException("a header without a key");
            }
            skipNullable("header value");
        }
        readTail();
        return hasKey;
    }

    /** The offset of the record that was read last, less the base offset, as the record says. */
    int offsetDelta() {
        return offsetDelta;
    }

    /** The time of the record that was read last. */
    long timestampMs() {
        return timestampMs;
    }

    /** Lets go of the batch. */
    @Override
    public void close() {
        input.close();
    }

    private void readHead() {
        recordsLeft--;
        int sizeBytes = input.readVarint();
        if (sizeBytes < 0 || !input.mayHold(sizeBytes)) {
            throw new CorruptRecordException(
                    "a record of " + sizeBytes + " bytes at byte " + input.position() + " is impossible");
        }
        recordEnd = input.position() + sizeBytes;
        input.readByte(); // attributes: none are defined
        long timestampDeltaMs = input.readVarlong();
        timestampMs = isAppendTime ? appendTimeMs : baseTimestampMs + timestampDeltaMs;
        offsetDelta = input.readVarint();
    }

    private @Nullable ByteBuffer readNullable(String what) {
        int bytes = readLength(what);
        return bytes < 0 ? null : input.read(bytes);
    }

    private boolean skipNullable(String what) {
        int bytes = readLength(what);
        if (bytes > 0) {
            input.skip(bytes);
        }
        return bytes >= 0;
    }

    private int readHeaderCount() {
        int count = input.readVarint();
        if (count < 0 || count > recordEnd - input.position()) {
            throw new CorruptRecordException("a record of " + count + " headers is impossible");
        }
        return count;
    }

    private int readLength(String what) {
        int bytes = input.readVarint();
        if (bytes < -1 || bytes > recordEnd - input.position()) {
            throw new CorruptRecordException("a " + what + " of " + bytes + " bytes does not fit into its record");
        }
        return bytes;
    }

    private void readTail() {
        if (input.position() != recordEnd) {
            throw new CorruptRecordException("a record ends at byte " + input.position() + " instead of " + recordEnd);
        }
    }
}
