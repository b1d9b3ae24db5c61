package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import java.util.Map;

/**
 * The answer to an {@link OffsetFetchRequest}.
 *
 * @param code an error that concerns the whole group
 * @param offsets what is committed, ordered by topic and partition; a partition without an offset is absent
 */
public record OffsetFetchResult(ErrorCode code, Map<TopicPartition, CommittedOffset> offsets) {
    /** No offsets. */
    public static OffsetFetchResult failed(ErrorCode code) {
        return new OffsetFetchResult(code, Map.of());
    }
}
