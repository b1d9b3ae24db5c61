package io.daybook.broker.coordinator;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a coordinator's records lie in a log. Safe for use by any thread.
 *
 * @param <R> the coordinator's records
 */
public interface CoordinatorRecordFormat<R> {
    /** A new buffer with the record's key. */
    ByteBuffer key(R record);

    /** A new buffer with the record's value; null for a tombstone. */
    @Nullable
    ByteBuffer value(R record);

    /**
     * What a record of the log says; empty if the coordinator has no use for it. The buffers are borrowed.
     *
     * @throws io.daybook.base.wire.MalformedMessageException if the record is damaged
     */
    Optional<R> read(ByteBuffer key, @Nullable ByteBuffer value);
}
