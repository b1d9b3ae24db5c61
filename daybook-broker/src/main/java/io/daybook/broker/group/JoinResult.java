package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import java.util.List;

/**
 * The answer to a {@link JoinRequest}.
 *
 * @param generationId -1 on an error
 * @param protocolType empty on an error
 * @param protocolName empty on an error
 * @param leaderId empty on an error
 * @param skipAssignment the leader must not assign: the generation keeps its assignments
 * @param memberId the member's identity, which it must use from now on
 * @param members everybody, for the leader; else nobody
 */
public record JoinResult(
        ErrorCode code,
        int generationId,
        String protocolType,
        String protocolName,
        String leaderId,
        boolean skipAssignment,
        String memberId,
        List<Member> members) {
    private static final int NO_GENERATION = -1;

    public JoinResult {
        members = List.copyOf(members);
    }

    /** The member is not in. */
    public static JoinResult failed(ErrorCode code, String memberId) {
        return new JoinResult(code, NO_GENERATION, "", "", "", false, memberId, List.of());
    }

    /** The same, for a leader that must not assign. */
    JoinResult skippingAssignment() {
        return new JoinResult(code, generationId, protocolType, protocolName, leaderId, true, memberId, members);
    }

    /** The same, for a leader that must take itself for a follower. */
    JoinResult asFollowerOf(String otherId) {
        return new JoinResult(code, generationId, protocolType, protocolName, otherId, false, memberId, List.of());
    }

    /** What the leader must know of a member. */
    public record Member(String memberId, String instanceId, OpaqueBytes metadata) {}
}
