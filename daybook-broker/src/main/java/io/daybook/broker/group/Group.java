package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import java.util.List;

/**
 * What both protocols have in common: how a group lets its offsets be used, how it is listed, how it ends. Owned by the
 * shard of its coordinator.
 */
sealed interface Group permits ClassicGroup, ConsumerGroup {
    String groupId();

    GroupType type();

    /** {@code consumer} for groups of consumers; empty for a group that only stores offsets. */
    String protocolType();

    /** Kafka's name for the state that the group is in. */
    String stateName();

    /** Whether it has no members. */
    boolean isEmpty();

    /** Whether this committer may commit now. */
    ErrorCode checkOffsetCommit(OffsetCommitter committer);

    /** Whether the committer, if it may commit at all, may do so for this partition. */
    default ErrorCode checkOffsetCommit(OffsetCommitter committer, Uuid topicId, int partition) {
        return ErrorCode.NONE;
    }

    /** Whether this member may read offsets now. An empty member with a negative epoch is an administrator. */
    ErrorCode checkOffsetFetch(String memberId, int memberEpoch);

    /** Whether offsets may be deleted now, subscribed topics aside. */
    ErrorCode checkOffsetDelete();

    /** Whether the group may be deleted now. */
    ErrorCode checkDelete();

    boolean isSubscribedTo(String topic);

    /** From which moment on the retention of this offset counts. */
    OffsetAge offsetAge();

    /** The records that make a restart forget the group; its offsets not included. */
    List<GroupRecord> tombstones();

    /** The group leaves the state: timers are cancelled, whoever waits is answered with the code. */
    void close(ErrorCode code);
}
