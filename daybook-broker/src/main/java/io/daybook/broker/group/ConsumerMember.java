package io.daybook.broker.group;

import io.daybook.base.Uuid;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A member of a consumer-protocol group as the records say it is. Immutable.
 *
 * @param metadata what it has said about itself
 * @param assignment what it has
 */
record ConsumerMember(String memberId, ConsumerMemberMetadata metadata, ConsumerMemberAssignment assignment) {
    /** The epoch of a static member that is away for a while, and with which it says so. */
    static final int AWAY_EPOCH = -2;

    /** Of a member that nothing is known about yet. */
    static final ConsumerMemberMetadata NO_METADATA =
            new ConsumerMemberMetadata("", "", new GroupClient("", ""), List.of(), "", -1, "", Optional.empty());

    /** A member that is about to join. */
    static ConsumerMember joining(String memberId) {
        return new ConsumerMember(memberId, NO_METADATA, ConsumerMemberAssignment.NONE);
    }

    ConsumerMember with(ConsumerMemberMetadata newMetadata) {
        return new ConsumerMember(memberId, newMetadata, assignment);
    }

    ConsumerMember with(ConsumerMemberAssignment newAssignment) {
        return new ConsumerMember(memberId, metadata, newAssignment);
    }

    int memberEpoch() {
        return assignment.memberEpoch();
    }

    ConsumerMemberState state() {
        return ConsumerMemberState.of(assignment.state());
    }

    String instanceId() {
        return metadata.instanceId();
    }

    boolean isStatic() {
        return !metadata.instanceId().isEmpty();
    }

    /** Whether it is a static member that has said that it will come back. */
    boolean isAway() {
        return memberEpoch() == AWAY_EPOCH;
    }

    boolean usesClassicProtocol() {
        return metadata.classicMember().isPresent();
    }

    boolean subscribesByRegex() {
        return !metadata.subscribedRegex().isEmpty();
    }

    /** Whether it has all that the target of this epoch gives it. */
    boolean isReconciledTo(int assignmentEpoch) {
        return state() == ConsumerMemberState.STABLE && memberEpoch() == assignmentEpoch;
    }

    /** Whether it may consume the partition, or was asked to give it up, and already had it at this epoch. */
    boolean hadAtEpoch(int epoch, Uuid topicId, int partition) {
        Integer assigned = assignment
                .assigned()
                .getOrDefault(topicId, Map.of())
                .getOrDefault(
                        partition,
                        assignment
                                .pendingRevocation()
                                .getOrDefault(topicId, Map.of())
                                .getOrDefault(partition, Integer.MAX_VALUE));
        return assigned <= epoch;
    }

    /** Whether all of these are partitions that it may consume. */
    boolean hasAll(Map<Uuid, Set<Integer>> partitions) {
        return partitions.entrySet().stream().allMatch(each -> assignment
                .assigned()
                .getOrDefault(each.getKey(), Map.of())
                .keySet()
                .containsAll(each.getValue()));
    }
}
