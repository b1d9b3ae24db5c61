package io.daybook.broker.config;

import static io.daybook.broker.config.ConfigRule.NONE;
import static io.daybook.broker.config.ConfigRule.atLeast;
import static io.daybook.broker.config.ConfigRule.oneOf;
import static io.daybook.broker.config.ConfigScope.CLUSTER_WIDE;

/** The configuration of a group, by Kafka's names. All may be changed at any time. */
public final class GroupConfigKeys {
    /** All of them. */
    public static final ConfigSchema ALL = new ConfigSchema();

    public static final ConfigKey<Integer> CONSUMER_SESSION_TIMEOUT_MS = ALL.integer(
            "consumer.session.timeout.ms",
            45000,
            atLeast(1),
            CLUSTER_WIDE,
            "After this time without a heartbeat, a member of a consumer group is taken for dead.");
    public static final ConfigKey<Integer> CONSUMER_HEARTBEAT_INTERVAL_MS = ALL.integer(
            "consumer.heartbeat.interval.ms",
            5000,
            atLeast(1),
            CLUSTER_WIDE,
            "How often the members of a consumer group send heartbeats.");

    static {
        ineffective("consumer.assignment.interval.ms", "1000", atLeast(0));
        ineffective("share.assignment.interval.ms", "1000", atLeast(0));
        ineffective("share.delivery.count.limit", "5", atLeast(2));
        ineffective("share.heartbeat.interval.ms", "5000", atLeast(1));
        ineffective("share.partition.max.record.locks", "2000", atLeast(100));
        ineffective("share.record.lock.duration.ms", "30000", atLeast(1000));
        ineffective("share.session.timeout.ms", "45000", atLeast(1));
        ineffective("streams.assignment.interval.ms", "1000", atLeast(0));
        ineffective("streams.heartbeat.interval.ms", "5000", atLeast(1));
        ineffective("streams.initial.rebalance.delay.ms", "3000", atLeast(0));
        ineffective("streams.num.standby.replicas", "0", atLeast(0));
        ineffective("streams.session.timeout.ms", "45000", atLeast(1));
        ALL.ineffective("share.auto.offset.reset", ConfigType.STRING, "latest", NONE, CLUSTER_WIDE);
        ALL.ineffective(
                "share.isolation.level",
                ConfigType.STRING,
                "read_uncommitted",
                oneOf("read_committed", "read_uncommitted"),
                CLUSTER_WIDE);
        ALL.ineffective("share.renew.acknowledge.enable", ConfigType.BOOLEAN, "true", NONE, CLUSTER_WIDE);
    }

    private GroupConfigKeys() {}

    private static void ineffective(String name, String defaultText, ConfigRule rule) {
        ALL.ineffective(name, ConfigType.INT, defaultText, rule, CLUSTER_WIDE);
    }
}
