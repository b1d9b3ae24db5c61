package io.daybook.broker.group;

import io.daybook.base.Uuid;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where a member of a consumer-protocol group stands on its way to its target.
 *
 * @param memberEpoch the epoch that the member must send
 * @param previousMemberEpoch accepted once more, in case the answer that told the new one was lost
 * @param state the state's number in Kafka's records
 * @param assigned partitions it may consume: topic, partition, epoch at which it got the partition
 * @param pendingRevocation partitions it must give up first; same form
 */
public record ConsumerMemberAssignment(
        int memberEpoch,
        int previousMemberEpoch,
        byte state,
        Map<Uuid, Map<Integer, Integer>> assigned,
        Map<Uuid, Map<Integer, Integer>> pendingRevocation) {
    /** Of a member that is joining. */
    static final ConsumerMemberAssignment NONE =
            new ConsumerMemberAssignment(0, -1, ConsumerMemberState.STABLE.id(), Map.of(), Map.of());

    /** The partitions that the member may consume, without their epochs. */
    public Map<Uuid, Set<Integer>> partitions() {
        Map<Uuid, Set<Integer>> partitions = new TreeMap<>();
        assigned.forEach((topicId, epochs) -> partitions.put(topicId, new TreeSet<>(epochs.keySet())));
        return partitions;
    }

    /** The same at another epoch, with nothing left to give up. */
    ConsumerMemberAssignment withEpochs(int newMemberEpoch, int newPreviousMemberEpoch) {
        return new ConsumerMemberAssignment(newMemberEpoch, newPreviousMemberEpoch, state, assigned, Map.of());
    }
}
