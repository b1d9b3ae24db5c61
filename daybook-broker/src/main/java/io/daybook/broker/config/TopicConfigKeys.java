package io.daybook.broker.config;

import static io.daybook.broker.config.ConfigRule.NONE;
import static io.daybook.broker.config.ConfigRule.atLeast;
import static io.daybook.broker.config.ConfigRule.between;
import static io.daybook.broker.config.ConfigRule.betweenOr;
import static io.daybook.broker.config.ConfigRule.listOf;
import static io.daybook.broker.config.ConfigRule.oneOf;
import static io.daybook.broker.config.ConfigRule.replicas;
import static io.daybook.broker.config.ConfigScope.CLUSTER_WIDE;

import java.util.List;

/** The configuration of a topic: Kafka's keys, and {@code daybook.durability}. All may be changed at any time. */
public final class TopicConfigKeys {
    /** All of them. */
    public static final ConfigSchema ALL = new ConfigSchema();

    public static final ConfigKey<List<String>> CLEANUP_POLICY = ALL.list(
            "cleanup.policy",
            "delete",
            listOf("compact", "delete"),
            CLUSTER_WIDE,
            "delete: old segments go by time and size; compact: the last record of every key stays; both: both.");
    public static final ConfigKey<String> COMPRESSION_TYPE = ALL.string(
            "compression.type",
            "producer",
            oneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"),
            CLUSTER_WIDE,
            "How batches are compressed on disk; producer keeps them as they came.");
    public static final ConfigKey<Integer> COMPRESSION_GZIP_LEVEL = ALL.integer(
            "compression.gzip.level", -1, betweenOr(1, 9, -1), CLUSTER_WIDE, "Level for compression.type=gzip.");
    public static final ConfigKey<Integer> COMPRESSION_LZ4_LEVEL =
            ALL.integer("compression.lz4.level", 9, between(1, 17), CLUSTER_WIDE, "Level for compression.type=lz4.");
    public static final ConfigKey<Integer> COMPRESSION_ZSTD_LEVEL = ALL.integer(
            "compression.zstd.level", 3, between(-131072, 22), CLUSTER_WIDE, "Level for compression.type=zstd.");
    public static final ConfigKey<Long> DELETE_RETENTION_MS = ALL.longInteger(
            "delete.retention.ms",
            86400000L,
            atLeast(0),
            CLUSTER_WIDE,
            "How long the marker of a deleted key stays in a compacted topic.");
    public static final ConfigKey<Long> FILE_DELETE_DELAY_MS = ALL.longInteger(
            "file.delete.delay.ms",
            60000L,
            atLeast(0),
            CLUSTER_WIDE,
            "Without effect: a removed segment goes at once, and whoever reads it keeps it open to the end.");
    public static final ConfigKey<Long> FLUSH_MESSAGES = ALL.longInteger(
            "flush.messages",
            Long.MAX_VALUE,
            atLeast(1),
            CLUSTER_WIDE,
            "With daybook.durability=os: sync after this many records.");
    public static final ConfigKey<Long> FLUSH_MS = ALL.longInteger(
            "flush.ms", Long.MAX_VALUE, atLeast(0), CLUSTER_WIDE, "With daybook.durability=os: sync after this time.");
    public static final ConfigKey<Integer> INDEX_INTERVAL_BYTES = ALL.integer(
            "index.interval.bytes",
            4096,
            atLeast(0),
            CLUSTER_WIDE,
            "Bytes of records for one entry of the offset index.");
    public static final ConfigKey<Long> MAX_COMPACTION_LAG_MS = ALL.longInteger(
            "max.compaction.lag.ms",
            Long.MAX_VALUE,
            atLeast(1),
            CLUSTER_WIDE,
            "A record is compacted after it at last.");
    public static final ConfigKey<Integer> MAX_MESSAGE_BYTES =
            ALL.integer("max.message.bytes", 1048588, atLeast(0), CLUSTER_WIDE, "The largest batch that is accepted.");
    public static final ConfigKey<Long> MESSAGE_TIMESTAMP_AFTER_MAX_MS = ALL.longInteger(
            "message.timestamp.after.max.ms",
            3600000L,
            atLeast(0),
            CLUSTER_WIDE,
            "How far ahead of the broker's clock the timestamp of a record may be.");
    public static final ConfigKey<Long> MESSAGE_TIMESTAMP_BEFORE_MAX_MS = ALL.longInteger(
            "message.timestamp.before.max.ms",
            Long.MAX_VALUE,
            atLeast(0),
            CLUSTER_WIDE,
            "How far behind the broker's clock the timestamp of a record may be.");
    public static final ConfigKey<String> MESSAGE_TIMESTAMP_TYPE = ALL.string(
            "message.timestamp.type",
            "CreateTime",
            oneOf("CreateTime", "LogAppendTime"),
            CLUSTER_WIDE,
            "Whether a record keeps the producer's timestamp or gets the broker's.");
    public static final ConfigKey<Double> MIN_CLEANABLE_DIRTY_RATIO = ALL.decimal(
            "min.cleanable.dirty.ratio",
            0.5,
            between(0, 1),
            CLUSTER_WIDE,
            "The share of not yet compacted bytes from which a log is compacted.");
    public static final ConfigKey<Long> MIN_COMPACTION_LAG_MS = ALL.longInteger(
            "min.compaction.lag.ms", 0L, atLeast(0), CLUSTER_WIDE, "A record is not compacted before this age.");
    public static final ConfigKey<Integer> MIN_INSYNC_REPLICAS = ALL.integer(
            "min.insync.replicas",
            1,
            atLeast(1),
            CLUSTER_WIDE,
            "Copies that acks=all asks for; there is one, so acks=all is refused from 2 on.");
    public static final ConfigKey<Boolean> PREALLOCATE =
            ALL.bool("preallocate", false, CLUSTER_WIDE, "Whether a segment's file is made at its full size.");
    public static final ConfigKey<Long> RETENTION_BYTES = ALL.longInteger(
            "retention.bytes",
            -1L,
            NONE,
            CLUSTER_WIDE,
            "Old segments go beyond this size of a partition; -1: no limit.");
    public static final ConfigKey<Long> RETENTION_MS = ALL.longInteger(
            "retention.ms", 604800000L, atLeast(-1), CLUSTER_WIDE, "Segments go beyond this age; -1: no limit.");
    public static final ConfigKey<Integer> SEGMENT_BYTES = ALL.integer(
            "segment.bytes", 1 << 30, atLeast(1 << 20), CLUSTER_WIDE, "The size at which a segment is closed.");
    public static final ConfigKey<Integer> SEGMENT_INDEX_BYTES = ALL.integer(
            "segment.index.bytes",
            10 << 20,
            atLeast(4),
            CLUSTER_WIDE,
            "The size of an index at which a segment is closed.");
    public static final ConfigKey<Long> SEGMENT_JITTER_MS = ALL.longInteger(
            "segment.jitter.ms", 0L, atLeast(0), CLUSTER_WIDE, "Up to this much is taken off segment.ms, by chance.");
    public static final ConfigKey<Long> SEGMENT_MS = ALL.longInteger(
            "segment.ms", 604800000L, atLeast(1), CLUSTER_WIDE, "The age at which a segment is closed.");
    public static final ConfigKey<Boolean> UNCLEAN_LEADER_ELECTION_ENABLE = ALL.bool(
            "unclean.leader.election.enable", false, CLUSTER_WIDE, "Accepted for Kafka's sake; there is one leader.");
    public static final ConfigKey<String> DURABILITY = ALL.string(
            "daybook.durability",
            "fsync",
            oneOf("fsync", "os"),
            CLUSTER_WIDE,
            "fsync: acks=all is answered once the records are on stable storage; os: once the system has them.");

    static {
        ALL.ineffective("follower.replication.throttled.replicas", ConfigType.LIST, "", replicas(), CLUSTER_WIDE);
        ALL.ineffective("leader.replication.throttled.replicas", ConfigType.LIST, "", replicas(), CLUSTER_WIDE);
        ALL.ineffective("local.retention.bytes", ConfigType.LONG, "-2", atLeast(-2), CLUSTER_WIDE);
        ALL.ineffective("local.retention.ms", ConfigType.LONG, "-2", atLeast(-2), CLUSTER_WIDE);
        ALL.ineffective("remote.log.copy.disable", ConfigType.BOOLEAN, "false", NONE, CLUSTER_WIDE);
        ALL.ineffective("remote.log.delete.on.disable", ConfigType.BOOLEAN, "false", NONE, CLUSTER_WIDE);
        ALL.ineffective("remote.storage.enable", ConfigType.BOOLEAN, "false", NONE, CLUSTER_WIDE);
    }

    private TopicConfigKeys() {}
}
