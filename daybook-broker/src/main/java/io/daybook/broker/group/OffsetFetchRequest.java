package io.daybook.broker.group;

import io.daybook.base.TopicIdPartition;
import java.util.List;
import java.util.Optional;

/**
 * Asks for committed offsets.
 *
 * @param memberId the consumer protocol's member; empty for an administrator or a classic member
 * @param memberEpoch the consumer protocol's member epoch; negative if there is none
 * @param partitions which ones, with the identity that the topic has now ({@link io.daybook.base.Uuid#ZERO} if unknown);
 *     empty for all that the group has
 */
public record OffsetFetchRequest(
        String groupId, String memberId, int memberEpoch, Optional<List<TopicIdPartition>> partitions) {}
