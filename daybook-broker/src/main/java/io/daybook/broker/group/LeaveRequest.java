package io.daybook.broker.group;

import java.util.List;

/** Members leave, or an administrator removes them. */
public record LeaveRequest(String groupId, List<Leaver> leavers) {
    public LeaveRequest {
        leavers = List.copyOf(leavers);
    }

    /**
     * Who leaves.
     *
     * @param memberId empty if an administrator knows only the instance
     * @param instanceId the static identity; empty for a dynamic member
     */
    public record Leaver(String memberId, String instanceId) {}
}
