package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import java.util.Map;

/**
 * The answer to the deletion of offsets.
 *
 * @param code an error that concerns the whole request
 * @param partitions what became of each; one without an offset is no error
 */
public record OffsetDeleteResult(ErrorCode code, Map<TopicPartition, ErrorCode> partitions) {
    public OffsetDeleteResult {
        partitions = Map.copyOf(partitions);
    }

    /** Nothing was deleted. */
    public static OffsetDeleteResult failed(ErrorCode code) {
        return new OffsetDeleteResult(code, Map.of());
    }
}
