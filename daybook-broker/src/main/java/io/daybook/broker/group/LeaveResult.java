package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import java.util.List;

/**
 * The answer to a {@link LeaveRequest}.
 *
 * @param code an error that concerns the whole request; then there are no members
 */
public record LeaveResult(ErrorCode code, List<Left> members) {
    public LeaveResult {
        members = List.copyOf(members);
    }

    /** Nobody left. */
    public static LeaveResult failed(ErrorCode code) {
        return new LeaveResult(code, List.of());
    }

    /** What became of one of them; the identities are those of the request. */
    public record Left(String memberId, String instanceId, ErrorCode code) {}
}
