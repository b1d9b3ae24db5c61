package io.daybook.broker.group;

import io.daybook.base.Uuid;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * One step of a member towards its target: first it gives up what others are to have, then it goes to the target's epoch
 * and gets what is free, and then, as others give them up, the rest. A partition is thus never with two members. Pure.
 */
final class Reconciliation {
    private final ConsumerMember member;
    private final int targetEpoch;
    private final Map<Uuid, Set<Integer>> target;
    private final BiPredicate<Uuid, Integer> isFree;
    private final Optional<Map<Uuid, Set<Integer>>> owned;

    /**
     * @param isFree whether nobody has a partition
     * @param owned what the member says it has; empty if it does not say
     */
    Reconciliation(
            ConsumerMember member,
            int targetEpoch,
            Map<Uuid, Set<Integer>> target,
            BiPredicate<Uuid, Integer> isFree,
            Optional<Map<Uuid, Set<Integer>>> owned) {
        this.member = member;
        this.targetEpoch = targetEpoch;
        this.target = target;
        this.isFree = isFree;
        this.owned = owned;
    }

    /** What the member has after the step; what it had if it cannot step. */
    ConsumerMemberAssignment next() {
        ConsumerMemberAssignment now = member.assignment();
        return switch (member.state()) {
            case STABLE -> member.memberEpoch() == targetEpoch ? now : step(member.memberEpoch());
            case UNREVOKED_PARTITIONS -> mayHave(now.pendingRevocation()) ? now : step(member.memberEpoch() + 1);
            case UNRELEASED_PARTITIONS -> step(member.memberEpoch());
            case UNKNOWN -> step(member.memberEpoch());
        };
    }

    private ConsumerMemberAssignment step(int epochWhileRevoking) {
        Map<Uuid, Map<Integer, Integer>> kept = new TreeMap<>();
        Map<Uuid, Map<Integer, Integer>> revoked = new TreeMap<>();
        member.assignment().assigned().forEach((topicId, epochs) -> {
            Set<Integer> wanted = target.getOrDefault(topicId, Set.of());
            epochs.forEach((partition, assignmentEpoch) ->
                    put(wanted.contains(partition) ? kept : revoked, topicId, partition, assignmentEpoch));
        });
        if (!revoked.isEmpty() && mayHave(revoked)) {
            return assignment(epochWhileRevoking, ConsumerMemberState.UNREVOKED_PARTITIONS, kept, revoked);
        }
        boolean complete = addWhatIsFree(kept);
        return assignment(
                targetEpoch,
                complete ? ConsumerMemberState.STABLE : ConsumerMemberState.UNRELEASED_PARTITIONS,
                kept,
                Map.of());
    }

    /** Whether that was all of the target. */
    private boolean addWhatIsFree(Map<Uuid, Map<Integer, Integer>> assigned) {
        boolean complete = true;
        for (Map.Entry<Uuid, Set<Integer>> each : target.entrySet()) {
            Uuid topicId = each.getKey();
            for (int partition : new TreeSet<>(each.getValue())) {
                if (assigned.getOrDefault(topicId, Map.of()).containsKey(partition)) {
                    continue;
                }
                if (isFree.test(topicId, partition)) {
                    put(assigned, topicId, partition, targetEpoch);
                } else {
                    complete = false;
                }
            }
        }
        return complete;
    }

    private ConsumerMemberAssignment assignment(
            int memberEpoch,
            ConsumerMemberState state,
            Map<Uuid, Map<Integer, Integer>> assigned,
            Map<Uuid, Map<Integer, Integer>> pendingRevocation) {
        int previousEpoch =
                memberEpoch == member.memberEpoch() ? member.assignment().previousMemberEpoch() : member.memberEpoch();
        return new ConsumerMemberAssignment(memberEpoch, previousEpoch, state.id(), assigned, pendingRevocation);
    }

    /** A member that does not say what it has may have everything. */
    private boolean mayHave(Map<Uuid, Map<Integer, Integer>> partitions) {
        return owned.map(claimed -> partitions.entrySet().stream().anyMatch(each -> {
                    Set<Integer> claimedOfTopic = claimed.getOrDefault(each.getKey(), Set.of());
                    return each.getValue().keySet().stream().anyMatch(claimedOfTopic::contains);
                }))
                .orElse(true);
    }

    private static void put(Map<Uuid, Map<Integer, Integer>> into, Uuid topicId, int partition, int assignmentEpoch) {
        into.computeIfAbsent(topicId, id -> new TreeMap<>()).put(partition, assignmentEpoch);
    }
}
