package io.daybook.broker.group;

/**
 * A classic member is alive.
 *
 * @param instanceId the static identity; empty for a dynamic member
 */
public record HeartbeatRequest(String groupId, int generationId, String memberId, String instanceId) {}
