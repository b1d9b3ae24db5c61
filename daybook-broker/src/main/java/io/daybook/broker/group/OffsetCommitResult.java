package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import java.util.Map;

/**
 * The answer to an {@link OffsetCommitRequest}.
 *
 * @param code an error that concerns every partition
 * @param refused the partitions that have an error of their own
 */
public record OffsetCommitResult(ErrorCode code, Map<TopicPartition, ErrorCode> refused) {
    public OffsetCommitResult {
        refused = Map.copyOf(refused);
    }

    /** Nothing was committed. */
    public static OffsetCommitResult failed(ErrorCode code) {
        return new OffsetCommitResult(code, Map.of());
    }

    /** What to answer for a partition of the request. */
    public ErrorCode codeOf(TopicPartition topicPartition) {
        return code.isNone() ? refused.getOrDefault(topicPartition, ErrorCode.NONE) : code;
    }
}
