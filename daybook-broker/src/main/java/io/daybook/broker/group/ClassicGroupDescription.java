package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import java.util.List;

/**
 * A classic group as administrators see it.
 *
 * @param code {@link ErrorCode#GROUP_ID_NOT_FOUND} if there is no classic group of that name
 * @param reason for people; empty if there is nothing to say
 * @param stateName Kafka's name for the state; {@code Dead} if there is no such group
 * @param protocolName the assignor, in a stable group; else empty
 * @param members with subscription and assignment in a stable group, else without
 */
public record ClassicGroupDescription(
        ErrorCode code,
        String reason,
        String groupId,
        String stateName,
        String protocolType,
        String protocolName,
        List<ClassicGroupMetadata.Member> members) {
    public ClassicGroupDescription {
        members = List.copyOf(members);
    }

    /** The group cannot be described. */
    public static ClassicGroupDescription failed(String groupId, ErrorCode code, String reason) {
        String state = code == ErrorCode.GROUP_ID_NOT_FOUND ? ClassicState.DEAD_LABEL : "";
        return new ClassicGroupDescription(code, reason, groupId, state, "", "", List.of());
    }
}
