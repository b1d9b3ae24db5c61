package io.daybook.sim.log;

import io.daybook.base.Uuid;
import io.daybook.log.Durability;
import io.daybook.log.LogConfig;
import io.daybook.metadata.TopicImage;
import io.daybook.runtime.RandomSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is given in one simulation: drives, topics and their settings, and how often what happens. */
final class Scenario {
    /** Not less than the largest batch of a client. */
    private static final int MIN_SEGMENT_BYTES = 3000;

    private final RandomSource random;
    private final List<Path> logDirs = new ArrayList<>();
    private final List<TopicImage> topics = new ArrayList<>();
    private final List<LogConfig> configs = new ArrayList<>();
    private final int shardCount;
    private final int lifeCount;

    Scenario(RandomSource random) {
        this.random = random;
        int drives = 1 + random.nextInt(3);
        for (int i = 0; i < drives; i++) {
            logDirs.add(Path.of("/drive" + i));
        }
        int topicCount = 1 + random.nextInt(3);
        for (int i = 0; i < topicCount; i++) {
            Uuid id = random.nextUuid();
            topics.add(new TopicImage("topic" + i, id, 1 + random.nextInt(3), 0, Map.of()));
            configs.add(randomConfig());
        }
        shardCount = 1 + random.nextInt(2);
        lifeCount = 3 + random.nextInt(3);
    }

    List<Path> logDirs() {
        return logDirs;
    }

    List<TopicImage> topics() {
        return topics;
    }

    int shardCount() {
        return shardCount;
    }

    int lifeCount() {
        return lifeCount;
    }

    LogConfig config(TopicImage topic) {
        for (int i = 0; i < topics.size(); i++) {
            if (topics.get(i).id().equals(topic.id())) {
                return configs.get(i);
            }
        }
        throw new IllegalArgumentException("unknown topic " + topic.name());
    }

    boolean isSynced(TopicImage topic) {
        return config(topic).flush().durability() == Durability.FSYNC;
    }

    boolean expires(TopicImage topic) {
        LogConfig.Retention retention = config(topic).retention();
        return retention.retentionBytes() >= 0 || retention.retentionMs() >= 0;
    }

    private LogConfig randomConfig() {
        long retentionBytes = random.nextInt(3) == 0 ? 4096 + random.nextInt(16_384) : LogConfig.UNLIMITED;
        long retentionMs = random.nextInt(4) == 0 ? 60_000 + random.nextInt(600_000) : LogConfig.UNLIMITED;
        long segmentMs = random.nextInt(3) == 0 ? 1000 + random.nextInt(600_000) : LogConfig.DEFAULTS.segmentMs();
        LogConfig.Flush flush = random.nextInt(6) == 0 ? LogConfig.Flush.OS : LogConfig.Flush.FSYNC;
        int segmentBytes = MIN_SEGMENT_BYTES + random.nextInt(15_000);
        LogConfig some = LogConfig.DEFAULTS;
        return new LogConfig(
                segmentBytes,
                segmentMs,
                some.segmentJitterMs(),
                100 + random.nextInt(1000),
                some.segmentIndexBytes(),
                new LogConfig.Retention(true, retentionMs, retentionBytes, random.nextInt(60_000)),
                some.compaction(),
                some.maxMessageBytes(),
                some.timestamps(),
                some.compressionType(),
                some.compressionLevel(),
                flush);
    }
}
