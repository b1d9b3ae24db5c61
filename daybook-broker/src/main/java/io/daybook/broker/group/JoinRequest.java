package io.daybook.broker.group;

import java.util.List;

/**
 * A member wants into the next generation of a classic group.
 *
 * @param memberId empty for a member that has no identity yet
 * @param instanceId the static identity; empty for a dynamic member
 * @param rebalanceTimeoutMs how long a rebalance waits for it
 * @param sessionTimeoutMs after how long a silence it is dead
 * @param protocols in its order of preference
 * @param knowsMemberIdRequired whether a new member can be told to come again with the identity it was given
 * @param canSkipAssignment whether a leader can be told not to assign
 */
public record JoinRequest(
        String groupId,
        String memberId,
        String instanceId,
        GroupClient client,
        int rebalanceTimeoutMs,
        int sessionTimeoutMs,
        String protocolType,
        List<ClassicProtocol> protocols,
        boolean knowsMemberIdRequired,
        boolean canSkipAssignment) {
    public JoinRequest {
        protocols = List.copyOf(protocols);
    }

    boolean isNewMember() {
        return memberId.isEmpty();
    }

    boolean isStatic() {
        return !instanceId.isEmpty();
    }
}
