package io.daybook.broker.group;

import java.util.List;

/**
 * How groups are coordinated; Kafka's keys. Immutable; a change of the configuration brings a new one.
 *
 * @param initialRebalanceDelayMs {@code group.initial.rebalance.delay.ms}
 * @param minSessionTimeoutMs {@code group.min.session.timeout.ms}
 * @param maxSessionTimeoutMs {@code group.max.session.timeout.ms}
 * @param maxSize {@code group.max.size}
 * @param offsetMetadataMaxBytes {@code offset.metadata.max.bytes}
 * @param offsetsRetentionMs {@code offsets.retention.minutes}, in milliseconds
 * @param offsetsRetentionCheckIntervalMs {@code offsets.retention.check.interval.ms}
 * @param partitionCount {@code offsets.topic.num.partitions}
 * @param consumer the keys that begin with {@code group.consumer.}
 */
public record GroupConfig(
        int initialRebalanceDelayMs,
        int minSessionTimeoutMs,
        int maxSessionTimeoutMs,
        int maxSize,
        int offsetMetadataMaxBytes,
        long offsetsRetentionMs,
        long offsetsRetentionCheckIntervalMs,
        int partitionCount,
        Consumer consumer) {
    /** Kafka's defaults. */
    public static final GroupConfig DEFAULTS = new GroupConfig(
            3_000,
            6_000,
            1_800_000,
            Integer.MAX_VALUE,
            4_096,
            7L * 24 * 60 * 60 * 1000,
            600_000,
            50,
            new Consumer(45_000, 5_000, Integer.MAX_VALUE, List.of("uniform", "range"), "bidirectional", 600_000));

    /**
     * The keys of the consumer protocol.
     *
     * @param sessionTimeoutMs {@code group.consumer.session.timeout.ms}
     * @param heartbeatIntervalMs {@code group.consumer.heartbeat.interval.ms}
     * @param maxSize {@code group.consumer.max.size}
     * @param assignors {@code group.consumer.assignors}; the first is the default
     * @param migrationPolicy {@code group.consumer.migration.policy}
     * @param regexRefreshIntervalMs {@code group.consumer.regex.refresh.interval.ms}
     */
    public record Consumer(
            int sessionTimeoutMs,
            int heartbeatIntervalMs,
            int maxSize,
            List<String> assignors,
            String migrationPolicy,
            long regexRefreshIntervalMs) {
        public Consumer {
            assignors = List.copyOf(assignors);
        }
    }
}
