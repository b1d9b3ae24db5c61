package io.daybook.broker.group;

import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A group's new offsets. That the partitions exist is for the caller to check.
 *
 * @param committer who commits
 * @param retentionMs how long the client wants them kept, or {@link #BROKER_RETENTION}
 * @param offsets by partition, in the order in which they are stored
 */
public record OffsetCommitRequest(
        String groupId, OffsetCommitter committer, long retentionMs, Map<TopicPartition, Entry> offsets) {
    /** The broker's retention applies. */
    public static final long BROKER_RETENTION = -1;

    public OffsetCommitRequest {
        offsets = Collections.unmodifiableMap(new LinkedHashMap<>(offsets));
    }

    /**
     * One offset.
     *
     * @param offset the next record to consume
     * @param leaderEpoch of the last consumed record, or {@link CommittedOffset#NO_LEADER_EPOCH}
     * @param metadata the client's remark
     * @param topicId the topic's identity, or {@link Uuid#ZERO}
     */
    public record Entry(long offset, int leaderEpoch, String metadata, Uuid topicId) {}
}
