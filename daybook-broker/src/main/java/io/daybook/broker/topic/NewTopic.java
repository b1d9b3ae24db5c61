package io.daybook.broker.topic;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A topic that somebody wants.
 *
 * @param name the name, not checked yet
 * @param partitionCount how many partitions; -1 for the broker's default or if they are assigned
 * @param replicationFactor how many copies; -1 for the broker's default or if they are assigned
 * @param assignments which brokers hold which partition; empty to leave that to the broker
 * @param configs what to configure; a key without a value is an error, which is reported
 */
public record NewTopic(
        String name,
        int partitionCount,
        int replicationFactor,
        List<PartitionAssignment> assignments,
        Map<String, Optional<String>> configs) {
    /**
     * A key beside the configuration proper: instead of a new topic, the deleted one of that name is wanted back. The value
     * is the topic's id, or {@code latest}. Any client that can create topics can say so.
     */
    public static final String UNDELETE = "daybook.undelete";

    /** For "leave it to the broker". */
    public static final int DEFAULT = -1;

    /**
     * The brokers of one partition.
     *
     * @param partition its number
     * @param brokerIds the preferred leader first
     */
    public record PartitionAssignment(int partition, List<Integer> brokerIds) {
        /** Copies. */
        public PartitionAssignment {
            brokerIds = List.copyOf(brokerIds);
        }
    }

    /** Copies. */
    public NewTopic {
        assignments = List.copyOf(assignments);
        configs = Map.copyOf(configs);
    }

    /** A topic with everything left to the broker. */
    public static NewTopic withDefaults(String name) {
        return new NewTopic(name, DEFAULT, DEFAULT, List.of(), Map.of());
    }
}
