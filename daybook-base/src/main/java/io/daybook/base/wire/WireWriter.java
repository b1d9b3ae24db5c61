package io.daybook.base.wire;

import io.daybook.base.Uuid;
import io.daybook.base.record.Records;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a message is written: big-endian, Kafka's field encodings. {@code put} methods append the bare value, {@code
 * write} methods put its length in front of it; {@code flexible} chooses the compact form of the length. Parameters are
 * borrowed until the method returns, with one exception: {@link #putRecords}.
 */
public interface WireWriter {
    void putInt8(byte value);

    void putInt16(short value);

    void putInt32(int value);

    void putInt64(long value);

    /** Appends what is between position and limit; both stay as they are. */
    void putBytes(ByteBuffer bytes);

    /**
     * Appends the records. A writer that sends what it collects may keep the reference instead of the bytes; it says so,
     * and until when.
     */
    default void putRecords(Records records) {
        putBytes(records.buffer());
    }

    /** Appends the string in UTF-8, {@code utf8Bytes} long as {@link WireSize#utf8} counted. */
    default void putUtf8(String value, int utf8Bytes) {
        putBytes(ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    default void putBool(boolean value) {
        putInt8((byte) (value ? 1 : 0));
    }

    default void putUint16(int value) {
        if (value < 0 || value > 0xffff) {
            throw new IllegalArgumentException("not an unsigned 16-bit number: " + value);
        }
        putInt16((short) value);
    }

    default void putUint32(long value) {
        if (value < 0 || value > 0xffff_ffffL) {
            throw new IllegalArgumentException("not an unsigned 32-bit number: " + value);
        }
        putInt32((int) value);
    }

    default void putFloat64(double value) {
        putInt64(Double.doubleToRawLongBits(value));
    }

    default void putUuid(Uuid value) {
        putInt64(value.mostSignificantBits());
        putInt64(value.leastSignificantBits());
    }

    default void writeUnsignedVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            putInt8((byte) (rest | 0x80));
            rest >>>= 7;
        }
        putInt8((byte) rest);
    }

    default void writeVarint(int value) {
        writeUnsignedVarint((value << 1) ^ (value >> 31));
    }

    default void writeVarlong(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            putInt8((byte) (rest | 0x80));
            rest >>>= 7;
        }
        putInt8((byte) rest);
    }

    default void writeString(String value, boolean flexible) {
        int utf8Bytes = WireSize.utf8(value);
        if (flexible) {
            writeUnsignedVarint(utf8Bytes + 1);
        } else if (utf8Bytes <= Short.MAX_VALUE) {
            putInt16((short) utf8Bytes);
        } else {
            throw new IllegalArgumentException("a string of " + utf8Bytes + " bytes, at most 32767 fit this version");
        }
        putUtf8(value, utf8Bytes);
    }

    default void writeNullableString(@Nullable String value, boolean flexible) {
        if (value != null) {
            writeString(value, flexible);
        } else if (flexible) {
            putInt8((byte) 0);
        } else {
            putInt16((short) -1);
        }
    }

    default void writeBytes(ByteBuffer value, boolean flexible) {
        writeCount(value.remaining(), flexible);
        putBytes(value);
    }

    default void writeNullableBytes(@Nullable ByteBuffer value, boolean flexible) {
        if (value != null) {
            writeBytes(value, flexible);
        } else {
            writeNullCount(flexible);
        }
    }

    default void writeRecords(Records value, boolean flexible) {
        writeCount(value.sizeBytes(), flexible);
        putRecords(value);
    }

    default void writeNullableRecords(@Nullable Records value, boolean flexible) {
        if (value != null) {
            writeRecords(value, flexible);
        } else {
            writeNullCount(flexible);
        }
    }

    /** The prefix of arrays, bytes and records. */
    default void writeCount(int count, boolean flexible) {
        if (flexible) {
            writeUnsignedVarint(count + 1);
        } else {
            putInt32(count);
        }
    }

    /** The prefix that stands for null. */
    default void writeNullCount(boolean flexible) {
        if (flexible) {
            putInt8((byte) 0);
        } else {
            putInt32(-1);
        }
    }

    /** Tag and size; the content of that many bytes follows. */
    default void writeTagged(int tag, int contentBytes) {
        writeUnsignedVarint(tag);
        writeUnsignedVarint(contentBytes);
    }
}
