package io.daybook.broker.group;

import java.util.List;

/**
 * A classic group as the log keeps it: the last generation that has its assignments.
 *
 * @param protocolType the kind of the group, {@code consumer} for consumers; empty while nobody has joined
 * @param generationId counts rebalances
 * @param protocolName the assignor that the members agreed on; empty if there are no members
 * @param leaderId the member that assigns; empty if there are no members
 * @param stateTimestampMs when the group came into this state, or {@link #NO_TIMESTAMP}
 * @param members in the order of their joining
 */
public record ClassicGroupMetadata(
        String protocolType,
        int generationId,
        String protocolName,
        String leaderId,
        long stateTimestampMs,
        List<Member> members) {
    /** Records of old versions do not say when the state began. */
    public static final long NO_TIMESTAMP = -1;

    public ClassicGroupMetadata {
        members = List.copyOf(members);
    }

    /** A group without members. */
    public static ClassicGroupMetadata empty(String protocolType, int generationId, long stateTimestampMs) {
        return new ClassicGroupMetadata(protocolType, generationId, "", "", stateTimestampMs, List.of());
    }

    /**
     * A member as the log keeps it.
     *
     * @param memberId given by the coordinator
     * @param instanceId the static identity; empty for a dynamic member
     * @param client who it is
     * @param rebalanceTimeoutMs how long a rebalance waits for it
     * @param sessionTimeoutMs after how long a silence it is dead
     * @param subscription its metadata for the group's protocol
     * @param assignment what the leader assigned to it
     */
    public record Member(
            String memberId,
            String instanceId,
            GroupClient client,
            int rebalanceTimeoutMs,
            int sessionTimeoutMs,
            OpaqueBytes subscription,
            OpaqueBytes assignment) {}
}
