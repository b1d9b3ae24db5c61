package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answer to a {@link ConsumerHeartbeatRequest}.
 *
 * @param message for people; empty if the code says it all
 * @param memberId the member's identity; empty on an error
 * @param memberEpoch what the member must send from now on
 * @param heartbeatIntervalMs after how long it must send something
 * @param assignment all that it may consume; empty if that has not changed
 */
public record ConsumerHeartbeatResult(
        ErrorCode code,
        String message,
        String memberId,
        int memberEpoch,
        int heartbeatIntervalMs,
        Optional<Map<Uuid, Set<Integer>>> assignment) {
    /** An error without a message of its own. */
    public static ConsumerHeartbeatResult failed(ErrorCode code) {
        return failed(new GroupRefusal(code, ""));
    }

    static ConsumerHeartbeatResult failed(GroupRefusal refusal) {
        return new ConsumerHeartbeatResult(refusal.code(), refusal.message(), "", 0, 0, Optional.empty());
    }

    /** The member is out, as it wished. */
    static ConsumerHeartbeatResult left(String memberId, int memberEpoch) {
        return new ConsumerHeartbeatResult(ErrorCode.NONE, "", memberId, memberEpoch, 0, Optional.empty());
    }
}
