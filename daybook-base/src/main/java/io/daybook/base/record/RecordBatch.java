package io.daybook.base.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A view of one batch of format v2 inside a buffer. It can be moved from batch to batch ({@link #wrap}) and then costs no
 * allocation. It never touches the buffer's position and limit. Nothing is checked but that the header lies inside the
 * buffer; {@link RecordBatches} checks what it hands out. Not for several threads.
 */
public final class RecordBatch {
    /** The bytes of the header, up to the first record. */
    public static final int HEADER_BYTES = 61;

    /** The bytes of base offset and length, which the length does not count. */
    public static final int LENGTH_PREFIX_BYTES = 12;

    /** The only format there is. */
    public static final byte MAGIC = 2;

    /** "The producer is not idempotent." */
    public static final long NO_PRODUCER_ID = -1;

    /** "The producer is not idempotent." */
    public static final short NO_PRODUCER_EPOCH = -1;

    /** "The records have no sequence numbers." */
    public static final int NO_SEQUENCE = -1;

    /** "The record has no time." */
    public static final long NO_TIMESTAMP = -1;

    /** "The leader epoch is not known." */
    public static final int NO_LEADER_EPOCH = -1;

    private static final int LENGTH_AT = 8;
    private static final int LEADER_EPOCH_AT = 12;
    private static final int MAGIC_AT = 16;
    private static final int CRC_AT = 17;
    private static final int ATTRIBUTES_AT = 21;
    private static final int LAST_OFFSET_DELTA_AT = 23;
    private static final int BASE_TIMESTAMP_AT = 27;
    private static final int MAX_TIMESTAMP_AT = 35;
    private static final int PRODUCER_ID_AT = 43;
    private static final int PRODUCER_EPOCH_AT = 51;
    private static final int BASE_SEQUENCE_AT = 53;
    private static final int RECORD_COUNT_AT = 57;

    private static final int COMPRESSION_MASK = 0x07;
    private static final int APPEND_TIME_BIT = 0x08;
    private static final int TRANSACTIONAL_BIT = 0x10;
    private static final int CONTROL_BIT = 0x20;
    private static final int DELETE_HORIZON_BIT = 0x40;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(HEADER_BYTES);

    private final CRC32C crc32c = new CRC32C();
    private ByteBuffer buffer = NOTHING;
    private int position;

    /** A view of nothing yet. */
    public RecordBatch() {}

    /** A view of the batch that begins at {@code position}. */
    public static RecordBatch at(ByteBuffer buffer, int position) {
        return new RecordBatch().wrap(buffer, position);
    }

    /** Moves the view to the batch that begins at {@code position} (an absolute index into the buffer). */
    public RecordBatch wrap(ByteBuffer buffer, int position) {
        if (position < 0 || buffer.limit() - position < HEADER_BYTES) {
            throw new IndexOutOfBoundsException(
                    "no batch header at position " + position + " of a buffer of " + buffer.limit() + " bytes");
        }
        this.buffer = buffer;
        this.position = position;
        return this;
    }

    /** Where the batch begins in its buffer. */
    public int position() {
        return position;
    }

    /** The buffer that holds the batch. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** The offset of the first record, or of the first that was there before compaction. */
    public long baseOffset() {
        return buffer.getLong(position);
    }

    /** The length field: all bytes after it. */
    public int lengthBytes() {
        return buffer.getInt(position + LENGTH_AT);
    }

    /** The bytes of the whole batch, by its length field. */
    public int sizeBytes() {
        return LENGTH_PREFIX_BYTES + lengthBytes();
    }

    /** The epoch of the leader that appended it, or {@link #NO_LEADER_EPOCH}. */
    public int partitionLeaderEpoch() {
        return buffer.getInt(position + LEADER_EPOCH_AT);
    }

    /** The format's number; the rest is only meaningful for {@link #MAGIC}. */
    public byte magic() {
        return buffer.get(position + MAGIC_AT);
    }

    /** The CRC32C that the batch carries, as an unsigned number. */
    public long crc() {
        return buffer.getInt(position + CRC_AT) & 0xFFFFFFFFL;
    }

    /** All attribute bits. */
    public short attributes() {
        return buffer.getShort(position + ATTRIBUTES_AT);
    }

    /** The number of the codec, which need not be one that exists. */
    public int compressionId() {
        return attributes() & COMPRESSION_MASK;
    }

    /**
     * How the records are compressed.
     *
     * @throws CorruptRecordException if there is no codec of that number
     */
    public Compression compression() {
        return Compression.of(compressionId());
    }

    /** Whose time the records carry. */
    public TimestampType timestampType() {
        return (attributes() & APPEND_TIME_BIT) == 0 ? TimestampType.CREATE_TIME : TimestampType.LOG_APPEND_TIME;
    }

    /** Whether the records belong to a transaction. */
    public boolean isTransactional() {
        return (attributes() & TRANSACTIONAL_BIT) != 0;
    }

    /** Whether the record is a marker of the broker that consumers do not see. */
    public boolean isControl() {
        return (attributes() & CONTROL_BIT) != 0;
    }

    /** Whether the base timestamp is the time at which compaction may drop the batch's tombstones. */
    public boolean hasDeleteHorizon() {
        return (attributes() & DELETE_HORIZON_BIT) != 0;
    }

    /** The last record's offset less the base offset. */
    public int lastOffsetDelta() {
        return buffer.getInt(position + LAST_OFFSET_DELTA_AT);
    }

    /** What the timestamps of the records count from; see {@link #hasDeleteHorizon()}. */
    public long baseTimestamp() {
        return buffer.getLong(position + BASE_TIMESTAMP_AT);
    }

    /** The greatest timestamp of a record, as the header says. */
    public long maxTimestamp() {
        return buffer.getLong(position + MAX_TIMESTAMP_AT);
    }

    /** Who produced it, or {@link #NO_PRODUCER_ID}. */
    public long producerId() {
        return buffer.getLong(position + PRODUCER_ID_AT);
    }

    /** Whether an idempotent or transactional producer wrote it. */
    public boolean hasProducerId() {
        return producerId() > NO_PRODUCER_ID;
    }

    /** The incarnation of the producer, or {@link #NO_PRODUCER_EPOCH}. */
    public short producerEpoch() {
        return buffer.getShort(position + PRODUCER_EPOCH_AT);
    }

    /** The first record's sequence number, or {@link #NO_SEQUENCE}. */
    public int baseSequence() {
        return buffer.getInt(position + BASE_SEQUENCE_AT);
    }

    /** The last record's sequence number, which wraps from 2^31-1 to 0; or {@link #NO_SEQUENCE}. */
    public int lastSequence() {
        int baseSequence = baseSequence();
        return baseSequence == NO_SEQUENCE ? NO_SEQUENCE : sequenceAfter(baseSequence, lastOffsetDelta());
    }

    /** How many records the header counts. */
    public int recordCount() {
        return buffer.getInt(position + RECORD_COUNT_AT);
    }

    /** The last record's offset, inclusive. */
    public long lastOffset() {
        return baseOffset() + lastOffsetDelta();
    }

    /** The offset after the last record's. */
    public long nextOffset() {
        return lastOffset() + 1;
    }

    /** Whether the CRC matches what it covers: everything from the attributes to the end. */
    public boolean isValid() {
        return lengthBytes() >= HEADER_BYTES - LENGTH_PREFIX_BYTES
                && buffer.limit() - position - LENGTH_PREFIX_BYTES >= lengthBytes()
                && crc() == computeCrc();
    }

    /** Sets the first record's offset, and so all. The CRC does not cover it. */
    public void setBaseOffset(long baseOffset) {
        buffer.putLong(position, baseOffset);
    }

    /** Sets the epoch of the leader. The CRC does not cover it. */
    public void setPartitionLeaderEpoch(int leaderEpoch) {
        buffer.putInt(position + LEADER_EPOCH_AT, leaderEpoch);
    }

    /** Sets whose time the records carry and the greatest timestamp; makes the CRC right again if something changed. */
    public void setMaxTimestamp(TimestampType type, long maxTimestampMs) {
        if (timestampType() == type && maxTimestamp() == maxTimestampMs) {
            return;
        }
        int attributes = attributes() & ~APPEND_TIME_BIT;
        if (type == TimestampType.LOG_APPEND_TIME) {
            attributes |= APPEND_TIME_BIT;
        }
        buffer.putShort(position + ATTRIBUTES_AT, (short) attributes);
        buffer.putLong(position + MAX_TIMESTAMP_AT, maxTimestampMs);
        buffer.putInt(position + CRC_AT, (int) computeCrc());
    }

    /** The whole batch as a buffer of its own position and limit over the same bytes. */
    public ByteBuffer slice() {
        return buffer.slice(position, sizeBytes());
    }

    /** The records, as compressed as they are, as a buffer over the same bytes. */
    ByteBuffer recordsSlice() {
        return buffer.slice(position + HEADER_BYTES, sizeBytes() - HEADER_BYTES);
    }

    /** The sequence number that comes so many after another; it wraps from 2^31-1 to 0. */
    public static int sequenceAfter(int sequence, int increment) {
        return (int) (((long) sequence + increment) & Integer.MAX_VALUE);
    }

    /** Writes a header in front of {@code recordsBytes} bytes that are there already, and the CRC. */
    static void writeHeader(ByteBuffer buffer, int position, BatchHeader header) {
        int attributes = header.compression().id()
                | (header.timestampType() == TimestampType.LOG_APPEND_TIME ? APPEND_TIME_BIT : 0)
                | (header.isTransactional() ? TRANSACTIONAL_BIT : 0)
                | (header.isControl() ? CONTROL_BIT : 0)
                | (header.hasDeleteHorizon() ? DELETE_HORIZON_BIT : 0);
        buffer.putLong(position, header.baseOffset());
        buffer.putInt(position + LENGTH_AT, HEADER_BYTES - LENGTH_PREFIX_BYTES + header.recordsBytes());
        buffer.putInt(position + LEADER_EPOCH_AT, header.partitionLeaderEpoch());
        buffer.put(position + MAGIC_AT, MAGIC);
        buffer.putShort(position + ATTRIBUTES_AT, (short) attributes);
        buffer.putInt(position + LAST_OFFSET_DELTA_AT, header.lastOffsetDelta());
        buffer.putLong(position + BASE_TIMESTAMP_AT, header.baseTimestamp());
        buffer.putLong(position + MAX_TIMESTAMP_AT, header.maxTimestamp());
        buffer.putLong(position + PRODUCER_ID_AT, header.producerId());
        buffer.putShort(position + PRODUCER_EPOCH_AT, header.producerEpoch());
        buffer.putInt(position + BASE_SEQUENCE_AT, header.baseSequence());
        buffer.putInt(position + RECORD_COUNT_AT, header.recordCount());
        buffer.putInt(position + CRC_AT, (int) at(buffer, position).computeCrc());
    }

    private long computeCrc() {
        int from = position + ATTRIBUTES_AT;
        int count = sizeBytes() - ATTRIBUTES_AT;
        crc32c.reset();
        if (buffer.hasArray()) {
            crc32c.update(buffer.array(), buffer.arrayOffset() + from, count);
        } else {
            crc32c.update(buffer.slice(from, count));
        }
        return crc32c.getValue();
    }

    @Override
    public String toString() {
        return "RecordBatch(baseOffset=" + baseOffset() + ", lastOffsetDelta=" + lastOffsetDelta() + ", sizeBytes="
                + sizeBytes() + ", producerId=" + producerId() + ", producerEpoch=" + producerEpoch()
                + ", baseSequence=" + baseSequence() + ")";
    }
}
