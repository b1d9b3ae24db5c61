package io.daybook.base.record;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record, decoded. Its bytes are a view of the batch if that is not compressed, and so are valid as long as it is;
 * else they are its own.
 */
public final class BatchRecord {
    private final long offset;
    private final long timestampMs;
    private final @Nullable ByteBuffer key;
    private final @Nullable ByteBuffer value;
    private final List<RecordHeader> headers;

    /** A record at an offset. */
    public BatchRecord(
            long offset,
            long timestampMs,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            List<RecordHeader> headers) {
        this.offset = offset;
        this.timestampMs = timestampMs;
        this.key = key == null ? null : key.slice();
        this.value = value == null ? null : value.slice();
        this.headers = List.copyOf(headers);
    }

    /** Its number in the partition. */
    public long offset() {
        return offset;
    }

    /** Its time, {@link RecordBatch#NO_TIMESTAMP} if it has none. */
    public long timestampMs() {
        return timestampMs;
    }

    /** A view of its key with a position of its own, or null. */
    public @Nullable ByteBuffer key() {
        return key == null ? null : key.duplicate();
    }

    /** A view of its value with a position of its own, or null: a tombstone. */
    public @Nullable ByteBuffer value() {
        return value == null ? null : value.duplicate();
    }

    /** Its headers in their order. */
    public List<RecordHeader> headers() {
        return headers;
    }

    @Override
    public String toString() {
        return "BatchRecord(offset=" + offset + ", timestampMs=" + timestampMs + ", keyBytes="
                + (key == null ? -1 : key.limit()) + ", valueBytes=" + (value == null ? -1 : value.limit()) + ")";
    }
}
