package io.daybook.sim.log;

import io.daybook.base.Uuid;
import io.daybook.log.Durability;
import io.daybook.log.JournalConfig;
import io.daybook.log.LogConfig;
import io.daybook.metadata.TopicImage;
import io.daybook.runtime.RandomSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is given in one simulation: drives, topics and their settings, and how often what happens. */
final class Scenario {
    /** What the records of a batch take beside their values. */
    private static final int BATCH_OVERHEAD_BYTES = 1000;

    private final RandomSource random;
    private final List<Path> logDirs = new ArrayList<>();
    private final List<TopicImage> topics = new ArrayList<>();
    private final List<LogConfig> configs = new ArrayList<>();
    private final JournalConfig journal;
    private final int maxValueBytes;
    private final int shardCount;
    private final int lifeCount;

    Scenario(RandomSource random) {
        this.random = random;
        int drives = 1 + random.nextInt(3);
        for (int i = 0; i < drives; i++) {
            logDirs.add(Path.of("/drive" + i));
        }
        journal = randomJournal();
        maxValueBytes = randomMaxValueBytes();
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

    /** How much space the journals take and how: mostly so little that files are filled again and again. */
    JournalConfig journal() {
        return journal;
    }

    /** The values of a batch have so many bytes together at most. */
    int maxValueBytes() {
        return maxValueBytes;
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

    /** With the settings of the first one. */
    void addTopic(TopicImage topic) {
        topics.add(topic);
        configs.add(configs.get(0));
    }

    void removeTopic(TopicImage topic) {
        configs.remove(topics.indexOf(topic));
        topics.remove(topic);
    }

    boolean isSynced(TopicImage topic) {
        return config(topic).flush().durability() == Durability.FSYNC;
    }

    boolean expires(TopicImage topic) {
        LogConfig.Retention retention = config(topic).retention();
        return retention.retentionBytes() >= 0 || retention.retentionMs() >= 0;
    }

    private int randomMaxValueBytes() {
        return switch (random.nextInt(4)) {
            case 0 -> 100 + random.nextInt(200);
            case 1 -> 100 + random.nextInt(6000);
            default -> 2000;
        };
    }

    private JournalConfig randomJournal() {
        if (random.nextInt(8) == 0) {
            return JournalConfig.DEFAULTS;
        }
        int entryBytes = JournalConfig.MIN_ENTRY_BYTES + random.nextInt(random.nextInt(2) == 0 ? 500 : 10_000);
        int directRunBytes = random.nextInt(3) == 0 ? 1000 + random.nextInt(10_000) : Integer.MAX_VALUE;
        int heldBytes = random.nextInt(4) == 0 ? 0 : 500 + random.nextInt(20_000);
        return new JournalConfig(8192L << random.nextInt(5), entryBytes, directRunBytes, heldBytes);
    }

    private LogConfig randomConfig() {
        long retentionBytes = random.nextInt(3) == 0 ? 4096 + random.nextInt(16_384) : LogConfig.UNLIMITED;
        long retentionMs = random.nextInt(4) == 0 ? 60_000 + random.nextInt(600_000) : LogConfig.UNLIMITED;
        long segmentMs = random.nextInt(3) == 0 ? 1000 + random.nextInt(600_000) : LogConfig.DEFAULTS.segmentMs();
        LogConfig.Flush flush = random.nextInt(6) == 0 ? LogConfig.Flush.OS : LogConfig.Flush.FSYNC;
        int segmentBytes =
                BATCH_OVERHEAD_BYTES + maxValueBytes + random.nextInt(random.nextInt(2) == 0 ? 1000 : 15_000);
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
