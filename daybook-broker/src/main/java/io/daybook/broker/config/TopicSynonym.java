package io.daybook.broker.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A key of the broker that is the default of a key of topics.
 *
 * @param brokerKey the name of the broker's key
 * @param factor how many of the topic's units one of the broker's is; 1 also for what is not a number
 */
record TopicSynonym(String brokerKey, long factor) {
    /** By the topic's key; of several synonyms the first that is configured counts. */
    private static final Map<String, List<TopicSynonym>> BY_TOPIC_KEY = Map.ofEntries(
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
            Map.entry("daybook.durability", List.of(plain("daybook.durability"))));

    static List<TopicSynonym> of(String topicKey) {
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

    /** A text of the broker's key in the topic's unit. */
    String convert(String text) {
        return factor == 1 ? text : Long.toString(Math.multiplyExact(Long.parseLong(text.trim()), factor));
    }

    private static TopicSynonym plain(String brokerKey) {
        return new TopicSynonym(brokerKey, 1);
    }

    private static TopicSynonym minutes(String brokerKey) {
        return new TopicSynonym(brokerKey, 60_000);
    }

    private static TopicSynonym hours(String brokerKey) {
        return new TopicSynonym(brokerKey, 3_600_000);
    }
}
