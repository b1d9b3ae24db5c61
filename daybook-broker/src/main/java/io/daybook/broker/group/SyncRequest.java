package io.daybook.broker.group;

import java.util.Map;

/**
 * A member asks for its assignment; the leader brings those of all.
 *
 * @param instanceId the static identity; empty for a dynamic member
 * @param protocolType empty if the client does not say
 * @param protocolName empty if the client does not say
 * @param assignments by member; empty unless the leader sends it
 */
public record SyncRequest(
        String groupId,
        int generationId,
        String memberId,
        String instanceId,
        String protocolType,
        String protocolName,
        Map<String, OpaqueBytes> assignments) {
    public SyncRequest {
        assignments = Map.copyOf(assignments);
    }
}
