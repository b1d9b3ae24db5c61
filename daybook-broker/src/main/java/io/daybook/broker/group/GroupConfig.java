package io.daybook.broker.group;

import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
        Consumer consumer) {
    /** Kafka's defaults. */
    public static final GroupConfig DEFAULTS = of(BrokerConfig.DEFAULTS);

    /** What the broker's configuration says. */
    public static GroupConfig of(BrokerConfig config) {
        return new GroupConfig(
                config.get(BrokerConfigKeys.GROUP_INITIAL_REBALANCE_DELAY_MS),
                config.get(BrokerConfigKeys.GROUP_MIN_SESSION_TIMEOUT_MS),
                config.get(BrokerConfigKeys.GROUP_MAX_SESSION_TIMEOUT_MS),
                config.get(BrokerConfigKeys.GROUP_MAX_SIZE),
                config.get(BrokerConfigKeys.OFFSET_METADATA_MAX_BYTES),
                TimeUnit.MINUTES.toMillis(config.get(BrokerConfigKeys.OFFSETS_RETENTION_MINUTES)),
                config.get(BrokerConfigKeys.OFFSETS_RETENTION_CHECK_INTERVAL_MS),
                new Consumer(
                        config.get(BrokerConfigKeys.GROUP_CONSUMER_SESSION_TIMEOUT_MS),
                        config.get(BrokerConfigKeys.GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS),
                        config.get(BrokerConfigKeys.GROUP_CONSUMER_MAX_SIZE),
                        config.get(BrokerConfigKeys.GROUP_CONSUMER_ASSIGNORS),
                        config.get(BrokerConfigKeys.GROUP_CONSUMER_MIGRATION_POLICY),
                        config.get(BrokerConfigKeys.GROUP_CONSUMER_REGEX_REFRESH_INTERVAL_MS)));
    }

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
