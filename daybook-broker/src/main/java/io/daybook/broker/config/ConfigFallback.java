package io.daybook.broker.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A key of the broker that is the default of a key of topics or groups.
 *
 * @param brokerKey the name of the broker's key
 * @param factor how many of the topic's units one of the broker's is; 1 also for what is not a number
 */
public record ConfigFallback(String brokerKey, long factor) {
    /** By the key of the topic or group; of several synonyms the first that is configured counts. */
    private static final Map<String, List<ConfigFallback>> BY_TOPIC_KEY = Map.ofEntries(
            Map.entry("segment.bytes", List.of(plain("log.segment.bytes"))),
            Map.entry("segment.ms", List.of(plain("log.roll.ms"), hours("log.roll.hours"))),
            Map.entry("segment.jitter.ms", List.of(plain("log.roll.jitter.ms"), hours("log.roll.jitter.hours"))),
            Map.entry("segment.index.bytes", List.of(plain("log.index.size.max.bytes"))),
            Map.entry("flush.messages", List.of(plain("log.flush.interval.messages"))),
            Map.entry("flush.ms", List.of(plain("log.flush.interval.ms"), plain("log.flush.scheduler.interval.ms"))),
            Map.entry("retention.bytes", List.of(plain("log.retention.bytes"))),
            Map.entry(
                    "retention.ms",
                    List.of(plain("log.retention.ms"), minutes("log.retention.minutes"), hours("log.retention.hours"))),
            Map.entry("max.message.bytes", List.of(plain("message.max.bytes"))),
            Map.entry("index.interval.bytes", List.of(plain("log.index.interval.bytes"))),
            Map.entry("delete.retention.ms", List.of(plain("log.cleaner.delete.retention.ms"))),
            Map.entry("min.compaction.lag.ms", List.of(plain("log.cleaner.min.compaction.lag.ms"))),
            Map.entry("max.compaction.lag.ms", List.of(plain("log.cleaner.max.compaction.lag.ms"))),
            Map.entry("file.delete.delay.ms", List.of(plain("log.segment.delete.delay.ms"))),
            Map.entry("min.cleanable.dirty.ratio", List.of(plain("log.cleaner.min.cleanable.ratio"))),
            Map.entry("cleanup.policy", List.of(plain("log.cleanup.policy"))),
            Map.entry("unclean.leader.election.enable", List.of(plain("unclean.leader.election.enable"))),
            Map.entry("min.insync.replicas", List.of(plain("min.insync.replicas"))),
            Map.entry("compression.type", List.of(plain("compression.type"))),
            Map.entry("compression.gzip.level", List.of(plain("compression.gzip.level"))),
            Map.entry("compression.lz4.level", List.of(plain("compression.lz4.level"))),
            Map.entry("compression.zstd.level", List.of(plain("compression.zstd.level"))),
            Map.entry("preallocate", List.of(plain("log.preallocate"))),
            Map.entry("message.timestamp.type", List.of(plain("log.message.timestamp.type"))),
            Map.entry("message.timestamp.before.max.ms", List.of(plain("log.message.timestamp.before.max.ms"))),
            Map.entry("message.timestamp.after.max.ms", List.of(plain("log.message.timestamp.after.max.ms"))),
            Map.entry("consumer.assignment.interval.ms", List.of(plain("group.consumer.assignment.interval.ms"))),
            Map.entry("consumer.heartbeat.interval.ms", List.of(plain("group.consumer.heartbeat.interval.ms"))),
            Map.entry("consumer.session.timeout.ms", List.of(plain("group.consumer.session.timeout.ms"))),
            Map.entry("share.assignment.interval.ms", List.of(plain("group.share.assignment.interval.ms"))),
            Map.entry("share.delivery.count.limit", List.of(plain("group.share.delivery.count.limit"))),
            Map.entry("share.heartbeat.interval.ms", List.of(plain("group.share.heartbeat.interval.ms"))),
            Map.entry("share.partition.max.record.locks", List.of(plain("group.share.partition.max.record.locks"))),
            Map.entry("share.record.lock.duration.ms", List.of(plain("group.share.record.lock.duration.ms"))),
            Map.entry("share.session.timeout.ms", List.of(plain("group.share.session.timeout.ms"))),
            Map.entry("streams.assignment.interval.ms", List.of(plain("group.streams.assignment.interval.ms"))),
            Map.entry("streams.heartbeat.interval.ms", List.of(plain("group.streams.heartbeat.interval.ms"))),
            Map.entry("streams.initial.rebalance.delay.ms", List.of(plain("group.streams.initial.rebalance.delay.ms"))),
            Map.entry("streams.num.standby.replicas", List.of(plain("group.streams.num.standby.replicas"))),
            Map.entry("streams.session.timeout.ms", List.of(plain("group.streams.session.timeout.ms"))),
            Map.entry("daybook.durability", List.of(plain("daybook.durability"))));

    /** The synonyms of a key of topics or groups; of several the first that is configured counts. */
    public static List<ConfigFallback> of(String topicKey) {
        return BY_TOPIC_KEY.getOrDefault(topicKey, List.of());
    }

    /** What is configured under it, or its default, in the topic's unit. */
    Optional<String> value(BrokerConfig broker) {
        return BrokerConfigKeys.ALL
                .find(brokerKey)
                .flatMap(broker::find)
                .map(ConfigType::format)
                .map(this::convert);
    }

    /** A text of the broker's key in the unit of the topic or group. A negative time means "for ever" in every unit. */
    String convert(String text) {
        if (factor == 1 && !brokerKey.equals("log.retention.ms")) {
            return text;
        }
        long value = Long.parseLong(text.trim());
        return Long.toString(value < 0 ? -1 : Math.multiplyExact(value, factor));
    }

    private static ConfigFallback plain(String brokerKey) {
        return new ConfigFallback(brokerKey, 1);
    }

    private static ConfigFallback minutes(String brokerKey) {
        return new ConfigFallback(brokerKey, 60_000);
    }

    private static ConfigFallback hours(String brokerKey) {
        return new ConfigFallback(brokerKey, 3_600_000);
    }
}
