package io.daybook.broker.topic;

import java.util.List;

/**
 * More partitions for a topic.
 *
 * @param topic the topic's name
 * @param partitionCount how many there shall be afterwards
 * @param assignments the brokers of each new partition; empty to leave that to the broker
 */
public record MorePartitions(String topic, int partitionCount, List<List<Integer>> assignments) {
    /** Copies. */
    public MorePartitions {
        assignments = assignments.stream().map(List::copyOf).toList();
    }
}
