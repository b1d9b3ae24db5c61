package io.daybook.base.record;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one batch. Records are encoded as they come, and compressed when the batch is built. Without further calls it is
 * a batch at offset 0 of a producer that is not idempotent. Not for several threads.
 */
public final class RecordBatchBuilder {
    private final Compression compression;
    private final int level;
    private final RecordOutput records = new RecordOutput(512);
    private long baseOffset;
    private int leaderEpoch = RecordBatch.NO_LEADER_EPOCH;
    private long producerId = RecordBatch.NO_PRODUCER_ID;
    private short producerEpoch = RecordBatch.NO_PRODUCER_EPOCH;
    private int baseSequence = RecordBatch.NO_SEQUENCE;
    private long appendTimeMs = RecordBatch.NO_TIMESTAMP;
    private long deleteHorizonMs = RecordBatch.NO_TIMESTAMP;
    private boolean isTransactional;
    private boolean isControl;
    private boolean isCompacted;
    private int count;
    private int lastOffsetDelta = -1;
    private long baseTimestampMs = RecordBatch.NO_TIMESTAMP;
    private long maxTimestampMs = RecordBatch.NO_TIMESTAMP;

    /** With a codec at its default level. */
    public RecordBatchBuilder(Compression compression) {
        this(compression, compression.defaultLevel());
    }

    /** With a codec and a level that it has. */
    public RecordBatchBuilder(Compression compression, int level) {
        if (!compression.hasLevel(level)) {
            throw new IllegalArgumentException(compression.codecName() + " has no level " + level);
        }
        this.compression = compression;
        this.level = level;
    }

    /** The offset from which the records count. Before the first record. */
    public RecordBatchBuilder baseOffset(long offset) {
        checkEmpty();
        baseOffset = offset;
        return this;
    }

    /** The leader that appends it. */
    public RecordBatchBuilder partitionLeaderEpoch(int epoch) {
        leaderEpoch = epoch;
        return this;
    }

    /** The idempotent producer and the first record's sequence number. */
    public RecordBatchBuilder producer(long id, short epoch, int firstSequence) {
        producerId = id;
        producerEpoch = epoch;
        baseSequence = firstSequence;
        return this;
    }

    /** The records belong to the producer's transaction. */
    public RecordBatchBuilder transactional() {
        isTransactional = true;
        return this;
    }

    /** The record is a marker that consumers do not see. */
    public RecordBatchBuilder control() {
        isControl = true;
        return this;
    }

    /** All records carry the time of the broker. */
    public RecordBatchBuilder logAppendTime(long timestampMs) {
        appendTimeMs = timestampMs;
        return this;
    }

    /** Compaction may drop the batch's tombstones from this time on. Before the first record. */
    public RecordBatchBuilder deleteHorizon(long timestampMs) {
        checkEmpty();
        deleteHorizonMs = timestampMs;
        baseTimestampMs = timestampMs;
        return this;
    }

    /**
     * The batch ends at this offset even if its last record lies before it: compaction took the rest. Only then may a
     * batch be empty, or have gaps ({@link #appendAt}).
     */
    public RecordBatchBuilder lastOffset(long offset) {
        isCompacted = true;
        lastOffsetDelta = Math.toIntExact(offset - baseOffset);
        return this;
    }

    /** Adds a record at the next offset. The bytes are copied; position and limit stay. */
    public RecordBatchBuilder append(long timestampMs, @Nullable ByteBuffer key, @Nullable ByteBuffer value) {
        return append(timestampMs, key, value, List.of());
    }

    /** Adds a record with headers at the next offset. */
    public RecordBatchBuilder append(
            long timestampMs, @Nullable ByteBuffer key, @Nullable ByteBuffer value, List<RecordHeader> headers) {
        if (isCompacted) {
            throw new IllegalStateException("the records of a batch with a given end have given offsets");
        }
        lastOffsetDelta++;
        encode(new BatchRecord(baseOffset + lastOffsetDelta, timestampMs, key, value, headers));
        return this;
    }

    /** Adds a record at its own offset; ascending, and not beyond {@link #lastOffset}. */
    public RecordBatchBuilder appendAt(BatchRecord record) {
        if (!isCompacted || record.offset() - baseOffset > lastOffsetDelta || record.offset() < baseOffset) {
            throw new IllegalArgumentException("offset " + record.offset() + " is outside of the batch's given range");
        }
        encode(record);
        return this;
    }

    /** How many records there are. */
    public int recordCount() {
        return count;
    }

    /** The bytes of the records before compression, and the header. */
    public int uncompressedSizeBytes() {
        return RecordBatch.HEADER_BYTES + records.size();
    }

    /** The batch, from position 0 to the limit of a buffer of its own. */
    public ByteBuffer build() {
        if (count == 0 && !isCompacted) {
            throw new IllegalStateException("a batch without records");
        }
        RecordOutput out =
                new RecordOutput(RecordBatch.HEADER_BYTES + (compression == Compression.NONE ? records.size() : 256));
        out.skip(RecordBatch.HEADER_BYTES);
        try (OutputStream compressor = compression.compressor(out, level)) {
            compressor.write(records.array(), 0, records.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean isAppendTime = appendTimeMs != RecordBatch.NO_TIMESTAMP;
        ByteBuffer batch = ByteBuffer.wrap(out.array(), 0, out.size());
        RecordBatch.writeHeader(
                batch,
                0,
                new BatchHeader(
                        baseOffset,
                        leaderEpoch,
                        compression,
                        isAppendTime ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
                        isTransactional,
                        isControl,
                        deleteHorizonMs != RecordBatch.NO_TIMESTAMP,
                        lastOffsetDelta,
                        baseTimestampMs,
                        isAppendTime ? appendTimeMs : maxTimestampMs,
                        producerId,
                        producerEpoch,
                        baseSequence,
                        count,
                        out.size() - RecordBatch.HEADER_BYTES));
        return batch;
    }

    private void encode(BatchRecord record) {
        if (count == 0 && deleteHorizonMs == RecordBatch.NO_TIMESTAMP) {
            baseTimestampMs = record.timestampMs();
        }
        count++;
        maxTimestampMs = Math.max(maxTimestampMs, record.timestampMs());
        int offsetDelta = (int) (record.offset() - baseOffset);
        long timestampDeltaMs = record.timestampMs() - baseTimestampMs;
        records.writeVarint(sizeOfBody(record, offsetDelta, timestampDeltaMs));
        records.write(0);
        records.writeVarlong(timestampDeltaMs);
        records.writeVarint(offsetDelta);
        writeNullable(record.key());
        writeNullable(record.value());
        records.writeVarint(record.headers().size());
        for (RecordHeader header : record.headers()) {
            writeNullable(ByteBuffer.wrap(header.key().getBytes(StandardCharsets.UTF_8)));
            writeNullable(header.value());
        }
    }

    private void writeNullable(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            records.writeVarint(-1);
        } else {
            records.writeVarint(bytes.remaining());
            records.write(bytes);
        }
    }

    private void checkEmpty() {
        if (count > 0) {
            throw new IllegalStateException("the batch has records already");
        }
    }

    private static int sizeOfBody(BatchRecord record, int offsetDelta, long timestampDeltaMs) {
        long bytes = 1L
                + RecordOutput.sizeOfVarlong(timestampDeltaMs)
                + RecordOutput.sizeOfVarint(offsetDelta)
                + sizeOfNullable(record.key())
                + sizeOfNullable(record.value())
                + RecordOutput.sizeOfVarint(record.headers().size());
        for (RecordHeader header : record.headers()) {
            int keyBytes = header.key().getBytes(StandardCharsets.UTF_8).length;
            bytes += RecordOutput.sizeOfVarint(keyBytes) + keyBytes + sizeOfNullable(header.value());
        }
        return Math.toIntExact(bytes);
    }

    private static long sizeOfNullable(@Nullable ByteBuffer bytes) {
        return bytes == null ? 1 : RecordOutput.sizeOfVarint(bytes.remaining()) + (long) bytes.remaining();
    }
}
