package io.daybook.base.wire;

import io.daybook.base.record.Records;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How many bytes a field takes on the wire, its length prefix included. {@code flexible} chooses the compact form. */
public final class WireSize {
    private WireSize() {}

    public static int unsignedVarint(int value) {
        // 7 payload bits a byte; the zero needs one byte as well
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    public static int varint(int value) {
        return unsignedVarint((value << 1) ^ (value >> 31));
    }

    public static int varlong(long value) {
        long zigzag = (value << 1) ^ (value >> 63);
        return (70 - Long.numberOfLeadingZeros(zigzag | 1)) / 7;
    }

    /** The prefix of an array. */
    public static int arrayCount(int count, boolean flexible) {
        return flexible ? unsignedVarint(count + 1) : Integer.BYTES;
    }

    /** The prefix of an array that is null. */
    public static int nullArrayCount(boolean flexible) {
        return flexible ? 1 : Integer.BYTES;
    }

    public static int string(String value, boolean flexible) {
        int contentBytes = utf8(value);
        return contentBytes + (flexible ? unsignedVarint(contentBytes + 1) : Short.BYTES);
    }

    public static int nullableString(@Nullable String value, boolean flexible) {
        return value != null ? string(value, flexible) : flexible ? 1 : Short.BYTES;
    }

    public static int bytes(ByteBuffer value, boolean flexible) {
        return prefixed(value.remaining(), flexible);
    }

    public static int nullableBytes(@Nullable ByteBuffer value, boolean flexible) {
        return value != null ? bytes(value, flexible) : nullArrayCount(flexible);
    }

    public static int records(Records value, boolean flexible) {
        return prefixed(value.sizeBytes(), flexible);
    }

    public static int nullableRecords(@Nullable Records value, boolean flexible) {
        return value != null ? records(value, flexible) : nullArrayCount(flexible);
    }

    /** A tagged field whose content takes {@code contentBytes}. */
    public static int tagged(int tag, int contentBytes) {
        return unsignedVarint(tag) + unsignedVarint(contentBytes) + contentBytes;
    }

    /** The bytes of {@code value} in UTF-8; a lone surrogate counts as the question mark that replaces it. */
    public static int utf8(String value) {
        int chars = value.length();
        int bytes = chars;
        for (int i = 0; i < chars; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                if (c < 0x800) {
                    bytes++;
                } else if (!Character.isSurrogate(c)) {
                    bytes += 2;
                } else if (Character.isHighSurrogate(c)
                        && i + 1 < chars
                        && Character.isLowSurrogate(value.charAt(i + 1))) {
                    bytes += 2; // four bytes for two chars
                    i++;
                }
            }
        }
        return bytes;
    }

    private static int prefixed(int contentBytes, boolean flexible) {
        return contentBytes + (flexible ? unsignedVarint(contentBytes + 1) : Integer.BYTES);
    }
}
