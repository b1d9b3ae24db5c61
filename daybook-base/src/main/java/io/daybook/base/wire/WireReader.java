package io.daybook.base.wire;

import io.daybook.base.Uuid;
import io.daybook.base.record.MemoryRecords;
import io.daybook.base.record.Records;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads Kafka's field encodings from a byte buffer, from its position to its limit. The buffer is borrowed: bytes and
 * records that are read are slices of it, never copies. Every length and count is checked against the bytes that remain
 * before anything is allocated; what does not fit is a {@link MalformedMessageException}, and nothing else is ever thrown.
 *
 * <p>After an exception position and limit of the buffer are wherever the reader was: who goes on with the buffer sets both.
 *
 * <p>{@code flexible} chooses the compact form of a length; {@code field} is the name that errors mention.
 */
public final class WireReader {
    /** What a nullable array's count is when the array is null. */
    public static final int NULL_COUNT = -1;

    private final ByteBuffer buffer;

    /** Moves the position of {@code buffer} as it reads. */
    public WireReader(ByteBuffer buffer) {
        if (buffer.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException("the wire is big-endian, the buffer is " + buffer.order());
        }
        this.buffer = buffer;
    }

    /** Bytes that were not read. After a whole message anything but 0 means that it was not such a message. */
    public int remaining() {
        return buffer.remaining();
    }

    /** Where the next byte is read, as a position of the buffer. */
    public int position() {
        return buffer.position();
    }

    /** Throws {@link MalformedMessageException} if bytes are left. */
    public void checkEnd(String what) {
        if (buffer.hasRemaining()) {
            throw new MalformedMessageException(
                    what + " ends at position " + buffer.position() + ", " + buffer.remaining() + " bytes follow");
        }
    }

    public boolean readBool() {
        return readInt8() != 0;
    }

    public byte readInt8() {
        need(Byte.BYTES, "int8");
        return buffer.get();
    }

    public short readInt16() {
        need(Short.BYTES, "int16");
        return buffer.getShort();
    }

    public int readUint16() {
        return readInt16() & 0xffff;
    }

    public int readInt32() {
        need(Integer.BYTES, "int32");
        return buffer.getInt();
    }

    public long readUint32() {
        return readInt32() & 0xffff_ffffL;
    }

    public long readInt64() {
        need(Long.BYTES, "int64");
        return buffer.getLong();
    }

    public double readFloat64() {
        return Double.longBitsToDouble(readInt64());
    }

    public Uuid readUuid() {
        need(2 * Long.BYTES, "uuid");
        long most = buffer.getLong();
        long least = buffer.getLong();
        return most == 0 && least == 0 ? Uuid.ZERO : new Uuid(most, least);
    }

    /** Seven bits a byte, the lowest first; up to 32 bits, which a Java int shows as negative from 2^31 on. */
    public int readUnsignedVarint() {
        return unsignedVarint(buffer);
    }

    public int readVarint() {
        int zigzag = unsignedVarint(buffer);
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    public long readVarlong() {
        long zigzag = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            long octet = readInt8();
            zigzag |= (octet & 0x7f) << shift;
            if (octet >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new MalformedMessageException("varint before position " + buffer.position() + " is longer than 64 bits");
    }

    public String readString(boolean flexible, String field) {
        return notNull(readNullableString(flexible, field), field);
    }

    public @Nullable String readNullableString(boolean flexible, String field) {
        int sizeBytes = flexible ? readUnsignedVarint() - 1 : readInt16();
        if (sizeBytes == NULL_COUNT) {
            return null;
        }
        checkLength(sizeBytes, field);
        String value;
        if (buffer.hasArray()) {
            value = new String(
                    buffer.array(), buffer.arrayOffset() + buffer.position(), sizeBytes, StandardCharsets.UTF_8);
            buffer.position(buffer.position() + sizeBytes);
        } else {
            byte[] copy = new byte[sizeBytes];
            buffer.get(copy);
            value = new String(copy, StandardCharsets.UTF_8);
        }
        return value;
    }

    public ByteBuffer readBytes(boolean flexible, String field) {
        return notNull(readNullableBytes(flexible, field), field);
    }

    public @Nullable ByteBuffer readNullableBytes(boolean flexible, String field) {
        int sizeBytes = flexible ? readUnsignedVarint() - 1 : readInt32();
        if (sizeBytes == NULL_COUNT) {
            return null;
        }
        checkLength(sizeBytes, field);
        return take(sizeBytes);
    }

    public Records readRecords(boolean flexible, String field) {
        return new MemoryRecords(readBytes(flexible, field));
    }

    public @Nullable Records readNullableRecords(boolean flexible, String field) {
        ByteBuffer bytes = readNullableBytes(flexible, field);
        return bytes == null ? null : new MemoryRecords(bytes);
    }

    /**
     * How many elements follow.
     *
     * @param minElementBytes no element of the array takes fewer bytes; at least 1
     */
    public int readCount(boolean flexible, int minElementBytes, String field) {
        int count = readNullableCount(flexible, minElementBytes, field);
        if (count == NULL_COUNT) {
            throw isNull(field);
        }
        return count;
    }

    /** As {@link #readCount}, or {@link #NULL_COUNT}. */
    public int readNullableCount(boolean flexible, int minElementBytes, String field) {
        int count = flexible ? readUnsignedVarint() - 1 : readInt32();
        if (count != NULL_COUNT && (count < 0 || count > buffer.remaining() / minElementBytes)) {
            throw new MalformedMessageException(field + " before position " + buffer.position() + " announces "
                    + Integer.toUnsignedString(count) + " elements of at least " + minElementBytes + " bytes, "
                    + buffer.remaining() + " bytes remain");
        }
        return count;
    }

    /** Whether a nullable structure follows. */
    public boolean readPresence() {
        return readInt8() >= 0;
    }

    /** The same in a tagged field, where it is encoded in another way. */
    public boolean readTaggedPresence() {
        return readUnsignedVarint() > 0;
    }

    /** How many tagged fields follow. */
    public int readTaggedFieldCount() {
        int count = readUnsignedVarint();
        if (count < 0 || count > buffer.remaining() / 2) {
            throw new MalformedMessageException(
                    "the tagged fields before position " + buffer.position() + " are said to be "
                            + Integer.toUnsignedString(count) + ", " + buffer.remaining() + " bytes remain");
        }
        return count;
    }

    /** Reads the size of a tagged field and hides what is behind it; returns what {@link #endTaggedField} needs. */
    public int beginTaggedField() {
        int sizeBytes = readUnsignedVarint();
        checkLength(sizeBytes, "tagged field");
        int outerLimit = buffer.limit();
        buffer.limit(buffer.position() + sizeBytes);
        return outerLimit;
    }

    /** Shows what was hidden; throws if the content of the field was not read to its end. */
    public void endTaggedField(int outerLimit) {
        checkEnd("tagged field");
        buffer.limit(outerLimit);
    }

    /** Adds a copy of the rest of the current tagged field. */
    public UnknownTaggedFields readUnknownTaggedField(UnknownTaggedFields before, int tag) {
        return before.plus(tag, take(buffer.remaining()));
    }

    /** A section of tagged fields none of which is known. */
    public UnknownTaggedFields readUnknownTaggedFields() {
        UnknownTaggedFields unknown = UnknownTaggedFields.EMPTY;
        for (int left = readTaggedFieldCount(); left > 0; left--) {
            int tag = readUnsignedVarint();
            int outerLimit = beginTaggedField();
            unknown = readUnknownTaggedField(unknown, tag);
            endTaggedField(outerLimit);
        }
        return unknown;
    }

    static int unsignedVarint(ByteBuffer buffer) {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (!buffer.hasRemaining()) {
                throw MalformedMessageException.tooFewBytes("varint", buffer.position(), 1, 0);
            }
            int octet = buffer.get();
            value |= (octet & 0x7f) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw new MalformedMessageException("varint before position " + buffer.position() + " is longer than 32 bits");
    }

    private ByteBuffer take(int sizeBytes) {
        int position = buffer.position();
        ByteBuffer slice = buffer.slice(position, sizeBytes);
        buffer.position(position + sizeBytes);
        return slice;
    }

    private void need(int bytes, String what) {
        if (buffer.remaining() < bytes) {
            throw MalformedMessageException.tooFewBytes(what, buffer.position(), bytes, buffer.remaining());
        }
    }

    private void checkLength(int sizeBytes, String field) {
        if (sizeBytes < 0 || sizeBytes > buffer.remaining()) {
            throw MalformedMessageException.tooFewBytes(
                    field, buffer.position(), sizeBytes & 0xffff_ffffL, buffer.remaining());
        }
    }

    private <T> T notNull(@Nullable T value, String field) {
        if (value == null) {
            throw isNull(field);
        }
        return value;
    }

    private MalformedMessageException isNull(String field) {
        return new MalformedMessageException(field + " before position " + buffer.position() + " is null");
    }
}
