package io.daybook.broker.group;

import io.daybook.base.Uuid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A member of a consumer-protocol group joins, is alive, or leaves. What is empty has not changed since its last request.
 *
 * @param memberId empty for a new member of a client that leaves its identity to the coordinator
 * @param memberEpoch {@link #JOIN}, {@link #LEAVE}, {@link #LEAVE_FOR_A_WHILE}, or what the last answer said
 * @param instanceId the static identity; empty for a dynamic member
 * @param rackId empty if not given
 * @param rebalanceTimeoutMs how long it may take to give up partitions; {@link #UNCHANGED}
 * @param subscribedTopics by name
 * @param subscribedRegex an empty expression for none
 * @param serverAssignor which assignor it wants
 * @param ownedPartitions what it has now
 */
public record ConsumerHeartbeatRequest(
        String groupId,
        String memberId,
        int memberEpoch,
        String instanceId,
        String rackId,
        GroupClient client,
        int rebalanceTimeoutMs,
        Optional<List<String>> subscribedTopics,
        Optional<String> subscribedRegex,
        Optional<String> serverAssignor,
        Optional<Map<Uuid, Set<Integer>>> ownedPartitions) {
    /** The epoch of a member that joins. */
    public static final int JOIN = 0;

    /** The epoch of a member that leaves. */
    public static final int LEAVE = -1;

    /** The epoch of a static member that leaves and will come back. */
    public static final int LEAVE_FOR_A_WHILE = ConsumerMember.AWAY_EPOCH;

    /** The rebalance timeout of a member that has told it before. */
    public static final int UNCHANGED = -1;

    boolean isJoin() {
        return memberEpoch == JOIN;
    }

    boolean isLeave() {
        return memberEpoch < JOIN;
    }

    boolean isStatic() {
        return !instanceId.isEmpty();
    }

    /** Whether it says everything that a member can say: it has lost track, and must be told everything. */
    boolean isComplete() {
        return rebalanceTimeoutMs != UNCHANGED
                && (subscribedTopics.isPresent() || subscribedRegex.isPresent())
                && ownedPartitions.isPresent();
    }

    /** What is known about the member after this. It speaks the consumer protocol from now on, if it did not before. */
    ConsumerMemberMetadata applyTo(ConsumerMemberMetadata known) {
        return new ConsumerMemberMetadata(
                instanceId.isEmpty() ? known.instanceId() : instanceId,
                rackId.isEmpty() ? known.rackId() : rackId,
                client,
                subscribedTopics.orElse(known.subscribedTopics()),
                subscribedRegex.orElse(known.subscribedRegex()),
                rebalanceTimeoutMs == UNCHANGED ? known.rebalanceTimeoutMs() : rebalanceTimeoutMs,
                serverAssignor.orElse(known.serverAssignor()),
                Optional.empty());
    }
}
