package io.daybook.broker.partition;

import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.TopicConfig;
import io.daybook.broker.config.TopicConfigKeys;
import io.daybook.log.Durability;
import io.daybook.log.LogConfig;
import io.daybook.metadata.TopicImage;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Turns the configuration of topics into storage settings. For any thread. Topics without a configuration of their own,
 * which most are, share one value.
 */
public final class StorageConfigs implements Function<TopicImage, LogConfig> {
    private final Supplier<BrokerConfig> broker;
    private volatile Shared shared;

    private record Shared(BrokerConfig broker, LogConfig config) {}

    /** With the broker's configuration as it is at any time. */
    public StorageConfigs(Supplier<BrokerConfig> broker) {
        this.broker = broker;
        BrokerConfig now = broker.get();
        this.shared = new Shared(now, of(now.topic(Map.of())));
    }

    @Override
    public LogConfig apply(TopicImage topic) {
        BrokerConfig now = broker.get();
        if (!topic.configs().isEmpty()) {
            return of(now.topic(topic.configs()));
        }
        Shared last = shared;
        if (!last.broker().equals(now)) {
            last = new Shared(now, of(now.topic(Map.of())));
            shared = last;
        }
        return last.config();
    }

    /** The storage settings that a topic's configuration means. */
    public static LogConfig of(TopicConfig config) {
        List<String> policy = config.get(TopicConfigKeys.CLEANUP_POLICY);
        String codec = config.get(TopicConfigKeys.COMPRESSION_TYPE);
        return new LogConfig(
                config.get(TopicConfigKeys.SEGMENT_BYTES),
                config.get(TopicConfigKeys.SEGMENT_MS),
                config.get(TopicConfigKeys.SEGMENT_JITTER_MS),
                config.get(TopicConfigKeys.INDEX_INTERVAL_BYTES),
                config.get(TopicConfigKeys.SEGMENT_INDEX_BYTES),
                new LogConfig.Retention(
                        policy.contains("delete"),
                        config.get(TopicConfigKeys.RETENTION_MS),
                        config.get(TopicConfigKeys.RETENTION_BYTES),
                        config.get(TopicConfigKeys.FILE_DELETE_DELAY_MS)),
                new LogConfig.Compaction(
                        policy.contains("compact"),
                        config.get(TopicConfigKeys.DELETE_RETENTION_MS),
                        config.get(TopicConfigKeys.MIN_COMPACTION_LAG_MS),
                        config.get(TopicConfigKeys.MAX_COMPACTION_LAG_MS),
                        config.get(TopicConfigKeys.MIN_CLEANABLE_DIRTY_RATIO)),
                config.get(TopicConfigKeys.MAX_MESSAGE_BYTES),
                new LogConfig.Timestamps(
                        config.get(TopicConfigKeys.MESSAGE_TIMESTAMP_TYPE).equals("LogAppendTime"),
                        config.get(TopicConfigKeys.MESSAGE_TIMESTAMP_BEFORE_MAX_MS),
                        config.get(TopicConfigKeys.MESSAGE_TIMESTAMP_AFTER_MAX_MS)),
                codec,
                levelOf(codec, config),
                flushOf(config));
    }

    private static LogConfig.Flush flushOf(TopicConfig config) {
        Durability durability = config.get(TopicConfigKeys.DURABILITY).equals("os") ? Durability.OS : Durability.FSYNC;
        return new LogConfig.Flush(
                durability,
                config.get(TopicConfigKeys.FLUSH_MESSAGES),
                config.get(TopicConfigKeys.FLUSH_MS),
                config.get(TopicConfigKeys.MIN_INSYNC_REPLICAS));
    }

    private static int levelOf(String codec, TopicConfig config) {
        return switch (codec) {
            case "gzip" -> config.get(TopicConfigKeys.COMPRESSION_GZIP_LEVEL);
            case "lz4" -> config.get(TopicConfigKeys.COMPRESSION_LZ4_LEVEL);
            case "zstd" -> config.get(TopicConfigKeys.COMPRESSION_ZSTD_LEVEL);
            default -> LogConfig.DEFAULT_COMPRESSION_LEVEL;
        };
    }
}
