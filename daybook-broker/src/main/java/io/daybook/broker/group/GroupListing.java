package io.daybook.broker.group;

/**
 * A line of the list of groups.
 *
 * @param protocolType {@code consumer} for groups of consumers; empty for a group that only stores offsets
 * @param stateName Kafka's name for the state
 */
public record GroupListing(String groupId, String protocolType, String stateName, GroupType type) {}
