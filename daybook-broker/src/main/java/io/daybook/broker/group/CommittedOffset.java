package io.daybook.broker.group;

import io.daybook.base.Uuid;

/**
 * What a group has committed for one partition.
 *
 * @param offset the offset of the next record to consume
 * @param leaderEpoch the leader epoch of the last consumed record, or {@link #NO_LEADER_EPOCH}
 * @param metadata the client's remark
 * @param commitTimestampMs when the broker accepted it
 * @param expireTimestampMs when it expires by the client's wish, or {@link #NO_EXPIRY}: the broker's retention applies
 * @param topicId the topic's identity, or {@link Uuid#ZERO} if it was not known
 */
public record CommittedOffset(
        long offset, int leaderEpoch, String metadata, long commitTimestampMs, long expireTimestampMs, Uuid topicId) {
    /** What a fetch answers where nothing is committed. */
    public static final long NO_OFFSET = -1;

    /** The client did not say which leader epoch it read. */
    public static final int NO_LEADER_EPOCH = -1;

    /** The client did not say when the offset expires. */
    public static final long NO_EXPIRY = -1;

    /** Whether it was committed for another topic of the same name, which was deleted since. */
    boolean belongsToAnotherTopicThan(Uuid currentTopicId) {
        return !topicId.equals(Uuid.ZERO) && !currentTopicId.equals(Uuid.ZERO) && !topicId.equals(currentTopicId);
    }
}
