package io.daybook.broker.group;

import io.daybook.base.Uuid;
import java.util.Map;

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
        Map<Uuid, Map<Integer, Integer>> pendingRevocation) {}
