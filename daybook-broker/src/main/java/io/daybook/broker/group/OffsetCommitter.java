package io.daybook.broker.group;

/**
 * Who commits offsets.
 *
 * @param memberId empty for an administrator or a consumer that manages its partitions itself
 * @param instanceId empty for a dynamic member
 * @param generationOrEpoch the classic generation or the consumer protocol's member epoch; negative if there is none
 * @param knowsMemberEpochs whether the client's version of the request knows {@code STALE_MEMBER_EPOCH}
 * @param transactional whether it commits inside a transaction
 */
public record OffsetCommitter(
        String memberId, String instanceId, int generationOrEpoch, boolean knowsMemberEpochs, boolean transactional) {}
