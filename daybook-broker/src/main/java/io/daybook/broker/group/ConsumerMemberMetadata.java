package io.daybook.broker.group;

import java.util.List;
import java.util.Optional;

/**
 * What a member of a consumer-protocol group has said about itself.
 *
 * @param instanceId the static identity; empty for a dynamic member
 * @param rackId empty if not given
 * @param client who it is
 * @param subscribedTopics by name
 * @param subscribedRegex empty if it does not subscribe by pattern
 * @param rebalanceTimeoutMs how long it may take to give up partitions
 * @param serverAssignor the assignor it asks for; empty if it leaves that to the broker
 * @param classicMember set if the member speaks the classic protocol
 */
public record ConsumerMemberMetadata(
        String instanceId,
        String rackId,
        GroupClient client,
        List<String> subscribedTopics,
        String subscribedRegex,
        int rebalanceTimeoutMs,
        String serverAssignor,
        Optional<ClassicMemberMetadata> classicMember) {
    public ConsumerMemberMetadata {
        subscribedTopics = List.copyOf(subscribedTopics);
    }

    /**
     * What only a member that speaks the classic protocol has.
     *
     * @param sessionTimeoutMs after how long a silence it is dead
     * @param protocols what it supports, in its order of preference
     */
    public record ClassicMemberMetadata(int sessionTimeoutMs, List<ClassicProtocol> protocols) {
        public ClassicMemberMetadata {
            protocols = List.copyOf(protocols);
        }
    }
}
