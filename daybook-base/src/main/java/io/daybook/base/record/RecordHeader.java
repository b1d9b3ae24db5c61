package io.daybook.base.record;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A header of a record. The value's bytes are borrowed from whoever made it, and never changed. */
public final class RecordHeader {
    private final String key;
    private final @Nullable ByteBuffer value;

    /** With a value or none. */
    public RecordHeader(String key, @Nullable ByteBuffer value) {
        this.key = key;
        this.value = value == null ? null : value.slice();
    }

    /** Its name; several headers of a record may share one. */
    public String key() {
        return key;
    }

    /** A view of its bytes with a position of its own, or null. */
    public @Nullable ByteBuffer value() {
        return value == null ? null : value.duplicate();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof RecordHeader)) {
            return false;
        }
        RecordHeader that = (RecordHeader) other;
        return key.equals(that.key) && (value == null ? that.value == null : value.equals(that.value));
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "RecordHeader(" + key + ")";
    }
}
