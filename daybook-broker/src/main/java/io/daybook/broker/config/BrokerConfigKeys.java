package io.daybook.broker.config;

import static io.daybook.broker.config.ConfigRule.NONE;
import static io.daybook.broker.config.ConfigRule.atLeast;
import static io.daybook.broker.config.ConfigRule.between;
import static io.daybook.broker.config.ConfigRule.betweenOr;
import static io.daybook.broker.config.ConfigRule.listOf;
import static io.daybook.broker.config.ConfigRule.notZero;
import static io.daybook.broker.config.ConfigRule.oneOf;
import static io.daybook.broker.config.ConfigRule.oneOfIgnoringCase;
import static io.daybook.broker.config.ConfigScope.CLUSTER_WIDE;
import static io.daybook.broker.config.ConfigScope.READ_ONLY;

import java.util.List;

/**
 * The configuration of the broker: every key that has an effect here, by Kafka's name and with Kafka's default where
 * Kafka has one. Daybook's own keys begin with {@code daybook.}.
 */
public final class BrokerConfigKeys {
    /** All of them. */
    public static final ConfigSchema ALL = new ConfigSchema();

    // Identity and directories.
    public static final ConfigKey<Integer> NODE_ID =
            ALL.integer("node.id", 1, atLeast(0), READ_ONLY, "The number of this broker in the cluster.");
    public static final ConfigKey<Integer> BROKER_ID =
            ALL.integer("broker.id", -1, NONE, READ_ONLY, "The older name of node.id; counts where that is not set.");
    public static final ConfigKey<String> BROKER_RACK =
            ALL.string("broker.rack", null, NONE, READ_ONLY, "Where this broker stands; shown in metadata.");
    public static final ConfigKey<List<String>> LOG_DIRS = ALL.list(
            "log.dirs", null, NONE, READ_ONLY, "Directories for partitions, one per drive; before log.dir if set.");
    public static final ConfigKey<String> LOG_DIR = ALL.string(
            "log.dir", "daybook-data", NONE, READ_ONLY, "The directory for partitions if log.dirs is not set.");
    public static final ConfigKey<String> METADATA_DIR = ALL.string(
            "daybook.metadata.dir",
            null,
            NONE,
            READ_ONLY,
            "The directory for metadata; without it, __daybook_metadata in the first log directory.");

    // Listeners and connections.
    public static final ConfigKey<List<String>> LISTENERS = ALL.list(
            "listeners",
            "PLAINTEXT://localhost:9092",
            NONE,
            READ_ONLY,
            "Where clients are awaited: NAME://host:port, separated by commas. Port 0 takes a free one.");
    public static final ConfigKey<List<String>> ADVERTISED_LISTENERS = ALL.list(
            "advertised.listeners",
            null,
            NONE,
            READ_ONLY,
            "The addresses that clients are told; without it, each client is told the address it connected to.");
    public static final ConfigKey<String> LISTENER_SECURITY_PROTOCOL_MAP = ALL.string(
            "listener.security.protocol.map",
            "SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT",
            NONE,
            READ_ONLY,
            "Which security protocol each listener name speaks.");
    public static final ConfigKey<Boolean> ALLOW_INSECURE = ALL.bool(
            "daybook.allow.insecure",
            false,
            READ_ONLY,
            "Lets a listener without authentication be reached from other machines.");
    public static final ConfigKey<Integer> NUM_NETWORK_THREADS = ALL.integer(
            "num.network.threads", 3, atLeast(1), READ_ONLY, "Event loops; never more than twice the processors.");
    public static final ConfigKey<Integer> SOCKET_REQUEST_MAX_BYTES = ALL.integer(
            "socket.request.max.bytes",
            16 * 1024 * 1024,
            atLeast(1),
            READ_ONLY,
            "The longest request that is accepted; a longer one closes the connection.");
    public static final ConfigKey<Integer> SOCKET_SEND_BUFFER_BYTES = ALL.integer(
            "socket.send.buffer.bytes", 102400, atLeast(-1), READ_ONLY, "SO_SNDBUF; -1 leaves it to the system.");
    public static final ConfigKey<Integer> SOCKET_RECEIVE_BUFFER_BYTES = ALL.integer(
            "socket.receive.buffer.bytes", 102400, atLeast(-1), READ_ONLY, "SO_RCVBUF; -1 leaves it to the system.");
    public static final ConfigKey<Integer> SOCKET_LISTEN_BACKLOG_SIZE = ALL.integer(
            "socket.listen.backlog.size", 50, atLeast(1), READ_ONLY, "Connections that wait to be accepted.");
    public static final ConfigKey<Long> CONNECTIONS_MAX_IDLE_MS = ALL.longInteger(
            "connections.max.idle.ms",
            600000L,
            NONE,
            READ_ONLY,
            "After this time without a request, a connection is closed.");
    public static final ConfigKey<Integer> MAX_CONNECTIONS = ALL.integer(
            "max.connections", Integer.MAX_VALUE, atLeast(0), CLUSTER_WIDE, "Connections to this broker at once.");
    public static final ConfigKey<Integer> MAX_CONNECTIONS_PER_IP = ALL.integer(
            "max.connections.per.ip",
            Integer.MAX_VALUE,
            atLeast(0),
            CLUSTER_WIDE,
            "Connections from one address at once.");
    public static final ConfigKey<String> MAX_CONNECTIONS_PER_IP_OVERRIDES = ALL.string(
            "max.connections.per.ip.overrides",
            "",
            ConfigRule.countsByAddress(),
            CLUSTER_WIDE,
            "Other bounds for some addresses: address:count,address:count.");
    public static final ConfigKey<Integer> MAX_CONNECTION_CREATION_RATE = ALL.integer(
            "max.connection.creation.rate",
            Integer.MAX_VALUE,
            atLeast(0),
            CLUSTER_WIDE,
            "Connections accepted in a second; the others wait.");
    public static final ConfigKey<Long> QUEUED_MAX_REQUEST_BYTES = ALL.longInteger(
            "queued.max.request.bytes",
            -1L,
            NONE,
            READ_ONLY,
            "Memory for requests under way, for all connections; -1 means a quarter of the memory for buffers.");
    public static final ConfigKey<Integer> MAX_FETCH_SESSIONS = ALL.integer(
            "max.incremental.fetch.session.cache.slots",
            1000,
            atLeast(0),
            READ_ONLY,
            "Incremental fetch sessions kept.");
    public static final ConfigKey<Integer> FETCH_MAX_BYTES = ALL.integer(
            "fetch.max.bytes", 55 * 1024 * 1024, atLeast(1024), READ_ONLY, "The most that one fetch is answered with.");
    public static final ConfigKey<Integer> MAX_REQUEST_PARTITION_SIZE_LIMIT = ALL.integer(
            "max.request.partition.size.limit",
            2000,
            atLeast(1),
            READ_ONLY,
            "Partitions in one answer to DescribeTopicPartitions.");

    // Topics.
    public static final ConfigKey<Integer> NUM_PARTITIONS = ALL.integer(
            "num.partitions", 1, atLeast(1), READ_ONLY, "Partitions of a topic that is created without a number.");
    public static final ConfigKey<Integer> DEFAULT_REPLICATION_FACTOR = ALL.integer(
            "default.replication.factor",
            1,
            NONE,
            READ_ONLY,
            "Accepted for Kafka's sake; a single broker holds one copy.");
    public static final ConfigKey<Boolean> AUTO_CREATE_TOPICS_ENABLE = ALL.bool(
            "auto.create.topics.enable", true, READ_ONLY, "Creates a topic when a client asks for its metadata.");
    public static final ConfigKey<Boolean> DELETE_TOPIC_ENABLE =
            ALL.bool("delete.topic.enable", true, READ_ONLY, "Lets topics be deleted.");
    public static final ConfigKey<Long> DELETE_RETENTION_MS = ALL.longInteger(
            "daybook.delete.retention.ms",
            3_600_000L,
            atLeast(0),
            CLUSTER_WIDE,
            "How long a deleted topic can be brought back; 0 frees its space at once.");
    public static final ConfigKey<Integer> MAX_PARTITIONS = ALL.integer(
            "daybook.max.partitions", 200_000, atLeast(1), CLUSTER_WIDE, "Partitions that the broker holds at most.");

    // The log: defaults for topics.
    public static final ConfigKey<String> DURABILITY = ALL.string(
            "daybook.durability",
            "fsync",
            oneOf("fsync", "os"),
            CLUSTER_WIDE,
            "fsync: acks=all is answered once the records are on stable storage; os: once the system has them.");
    public static final ConfigKey<List<String>> LOG_CLEANUP_POLICY = ALL.list(
            "log.cleanup.policy", "delete", listOf("compact", "delete"), CLUSTER_WIDE, "Default of cleanup.policy.");
    public static final ConfigKey<Long> LOG_RETENTION_MS =
            ALL.longInteger("log.retention.ms", null, notZero(), CLUSTER_WIDE, "Default of retention.ms.");
    public static final ConfigKey<Integer> LOG_RETENTION_MINUTES =
            ALL.integer("log.retention.minutes", null, notZero(), READ_ONLY, "Default of retention.ms, in minutes.");
    public static final ConfigKey<Integer> LOG_RETENTION_HOURS =
            ALL.integer("log.retention.hours", 168, notZero(), READ_ONLY, "Default of retention.ms, in hours.");
    public static final ConfigKey<Long> LOG_RETENTION_BYTES =
            ALL.longInteger("log.retention.bytes", -1L, NONE, CLUSTER_WIDE, "Default of retention.bytes.");
    public static final ConfigKey<Long> LOG_RETENTION_CHECK_INTERVAL_MS = ALL.longInteger(
            "log.retention.check.interval.ms", 300000L, atLeast(1), READ_ONLY, "How often retention is applied.");
    public static final ConfigKey<Integer> LOG_SEGMENT_BYTES =
            ALL.integer("log.segment.bytes", 1 << 30, atLeast(1 << 20), CLUSTER_WIDE, "Default of segment.bytes.");
    public static final ConfigKey<Long> LOG_ROLL_MS =
            ALL.longInteger("log.roll.ms", null, NONE, CLUSTER_WIDE, "Default of segment.ms.");
    public static final ConfigKey<Integer> LOG_ROLL_HOURS =
            ALL.integer("log.roll.hours", 168, atLeast(1), READ_ONLY, "Default of segment.ms, in hours.");
    public static final ConfigKey<Long> LOG_ROLL_JITTER_MS =
            ALL.longInteger("log.roll.jitter.ms", null, NONE, CLUSTER_WIDE, "Default of segment.jitter.ms.");
    public static final ConfigKey<Integer> LOG_ROLL_JITTER_HOURS =
            ALL.integer("log.roll.jitter.hours", 0, atLeast(0), READ_ONLY, "Default of segment.jitter.ms, in hours.");
    public static final ConfigKey<Integer> LOG_INDEX_INTERVAL_BYTES =
            ALL.integer("log.index.interval.bytes", 4096, atLeast(0), CLUSTER_WIDE, "Default of index.interval.bytes.");
    public static final ConfigKey<Integer> LOG_INDEX_SIZE_MAX_BYTES = ALL.integer(
            "log.index.size.max.bytes", 10 << 20, atLeast(4), CLUSTER_WIDE, "Default of segment.index.bytes.");
    public static final ConfigKey<Long> LOG_FLUSH_INTERVAL_MESSAGES = ALL.longInteger(
            "log.flush.interval.messages", Long.MAX_VALUE, atLeast(1), CLUSTER_WIDE, "Default of flush.messages.");
    public static final ConfigKey<Long> LOG_FLUSH_INTERVAL_MS =
            ALL.longInteger("log.flush.interval.ms", null, NONE, CLUSTER_WIDE, "Default of flush.ms.");
    public static final ConfigKey<Long> LOG_FLUSH_SCHEDULER_INTERVAL_MS = ALL.longInteger(
            "log.flush.scheduler.interval.ms",
            Long.MAX_VALUE,
            NONE,
            READ_ONLY,
            "Default of flush.ms if log.flush.interval.ms is not set.");
    public static final ConfigKey<Long> LOG_SEGMENT_DELETE_DELAY_MS = ALL.longInteger(
            "log.segment.delete.delay.ms", 60000L, atLeast(0), CLUSTER_WIDE, "Default of file.delete.delay.ms.");
    public static final ConfigKey<Boolean> LOG_PREALLOCATE =
            ALL.bool("log.preallocate", false, CLUSTER_WIDE, "Default of preallocate.");
    public static final ConfigKey<String> LOG_MESSAGE_TIMESTAMP_TYPE = ALL.string(
            "log.message.timestamp.type",
            "CreateTime",
            oneOf("CreateTime", "LogAppendTime"),
            CLUSTER_WIDE,
            "Default of message.timestamp.type.");
    public static final ConfigKey<Long> LOG_MESSAGE_TIMESTAMP_BEFORE_MAX_MS = ALL.longInteger(
            "log.message.timestamp.before.max.ms",
            Long.MAX_VALUE,
            atLeast(0),
            CLUSTER_WIDE,
            "Default of message.timestamp.before.max.ms.");
    public static final ConfigKey<Long> LOG_MESSAGE_TIMESTAMP_AFTER_MAX_MS = ALL.longInteger(
            "log.message.timestamp.after.max.ms",
            3600000L,
            atLeast(0),
            CLUSTER_WIDE,
            "Default of message.timestamp.after.max.ms.");
    public static final ConfigKey<Integer> MESSAGE_MAX_BYTES =
            ALL.integer("message.max.bytes", 1048588, atLeast(0), CLUSTER_WIDE, "Default of max.message.bytes.");
    public static final ConfigKey<Integer> MIN_INSYNC_REPLICAS = ALL.integer(
            "min.insync.replicas",
            1,
            atLeast(1),
            CLUSTER_WIDE,
            "Default of the topics' min.insync.replicas; there is one copy, so acks=all is refused from 2 on.");
    public static final ConfigKey<Boolean> UNCLEAN_LEADER_ELECTION_ENABLE = ALL.bool(
            "unclean.leader.election.enable", false, CLUSTER_WIDE, "Accepted for Kafka's sake; there is one leader.");
    public static final ConfigKey<String> COMPRESSION_TYPE = ALL.string(
            "compression.type",
            "producer",
            oneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"),
            CLUSTER_WIDE,
            "Default of the topics' compression.type.");
    public static final ConfigKey<Integer> COMPRESSION_GZIP_LEVEL = ALL.integer(
            "compression.gzip.level", -1, betweenOr(1, 9, -1), CLUSTER_WIDE, "Level for gzip, where recompressed.");
    public static final ConfigKey<Integer> COMPRESSION_LZ4_LEVEL =
            ALL.integer("compression.lz4.level", 9, between(1, 17), CLUSTER_WIDE, "Level for lz4, where recompressed.");
    public static final ConfigKey<Integer> COMPRESSION_ZSTD_LEVEL = ALL.integer(
            "compression.zstd.level", 3, between(-131072, 22), CLUSTER_WIDE, "Level for zstd, where recompressed.");
    public static final ConfigKey<Boolean> LOG_CLEANER_ENABLE =
            ALL.bool("log.cleaner.enable", true, READ_ONLY, "Compacts topics whose cleanup.policy asks for it.");
    public static final ConfigKey<Long> LOG_CLEANER_BACKOFF_MS = ALL.longInteger(
            "log.cleaner.backoff.ms", 15000L, atLeast(0), CLUSTER_WIDE, "How often is looked for logs to compact.");
    public static final ConfigKey<Long> LOG_CLEANER_DEDUPE_BUFFER_SIZE = ALL.longInteger(
            "log.cleaner.dedupe.buffer.size", 134217728L, NONE, CLUSTER_WIDE, "Memory for the keys of one compaction.");
    public static final ConfigKey<Double> LOG_CLEANER_IO_MAX_BYTES_PER_SECOND = ALL.decimal(
            "log.cleaner.io.max.bytes.per.second", Double.MAX_VALUE, NONE, CLUSTER_WIDE, "How fast compaction may go.");
    public static final ConfigKey<Long> LOG_CLEANER_DELETE_RETENTION_MS = ALL.longInteger(
            "log.cleaner.delete.retention.ms", 86400000L, atLeast(0), CLUSTER_WIDE, "Default of delete.retention.ms.");
    public static final ConfigKey<Long> LOG_CLEANER_MIN_COMPACTION_LAG_MS = ALL.longInteger(
            "log.cleaner.min.compaction.lag.ms", 0L, atLeast(0), CLUSTER_WIDE, "Default of min.compaction.lag.ms.");
    public static final ConfigKey<Long> LOG_CLEANER_MAX_COMPACTION_LAG_MS = ALL.longInteger(
            "log.cleaner.max.compaction.lag.ms",
            Long.MAX_VALUE,
            atLeast(1),
            CLUSTER_WIDE,
            "Default of max.compaction.lag.ms.");
    public static final ConfigKey<Double> LOG_CLEANER_MIN_CLEANABLE_RATIO = ALL.decimal(
            "log.cleaner.min.cleanable.ratio",
            0.5,
            between(0, 1),
            CLUSTER_WIDE,
            "Default of min.cleanable.dirty.ratio.");

    // Producers.
    public static final ConfigKey<Integer> PRODUCER_ID_EXPIRATION_MS = ALL.integer(
            "producer.id.expiration.ms",
            86400000,
            atLeast(1),
            CLUSTER_WIDE,
            "After this time without a batch, a partition forgets an idempotent producer.");
    public static final ConfigKey<Integer> PRODUCER_ID_EXPIRATION_CHECK_INTERVAL_MS = ALL.integer(
            "producer.id.expiration.check.interval.ms", 600000, atLeast(1), READ_ONLY, "How often that is looked for.");
    public static final ConfigKey<Integer> TRANSACTION_MAX_TIMEOUT_MS = ALL.integer(
            "transaction.max.timeout.ms",
            900000,
            atLeast(1),
            READ_ONLY,
            "The longest time-out a transaction may have.");

    public static final ConfigKey<Integer> TRANSACTION_STATE_LOG_NUM_PARTITIONS = ALL.integer(
            "transaction.state.log.num.partitions", 50, atLeast(1), READ_ONLY, "Partitions of __transaction_state.");
    public static final ConfigKey<Integer> TRANSACTION_STATE_LOG_SEGMENT_BYTES = ALL.integer(
            "transaction.state.log.segment.bytes",
            104857600,
            atLeast(1),
            READ_ONLY,
            "segment.bytes of __transaction_state.");

    // Consumer groups.
    public static final ConfigKey<Integer> OFFSETS_TOPIC_NUM_PARTITIONS =
            ALL.integer("offsets.topic.num.partitions", 50, atLeast(1), READ_ONLY, "Partitions of __consumer_offsets.");
    public static final ConfigKey<Short> OFFSETS_TOPIC_REPLICATION_FACTOR = ALL.shortInteger(
            "offsets.topic.replication.factor",
            3,
            atLeast(1),
            READ_ONLY,
            "Accepted for Kafka's sake; there is one copy.");
    public static final ConfigKey<Integer> OFFSETS_TOPIC_SEGMENT_BYTES = ALL.integer(
            "offsets.topic.segment.bytes", 104857600, atLeast(1), READ_ONLY, "segment.bytes of __consumer_offsets.");
    public static final ConfigKey<Integer> OFFSETS_RETENTION_MINUTES = ALL.integer(
            "offsets.retention.minutes",
            10080,
            atLeast(1),
            READ_ONLY,
            "How long the offsets of an empty group are kept.");
    public static final ConfigKey<Long> OFFSETS_RETENTION_CHECK_INTERVAL_MS = ALL.longInteger(
            "offsets.retention.check.interval.ms",
            600000L,
            atLeast(1),
            READ_ONLY,
            "How often is looked for old offsets.");
    public static final ConfigKey<Integer> OFFSET_METADATA_MAX_BYTES = ALL.integer(
            "offset.metadata.max.bytes", 4096, NONE, READ_ONLY, "The longest text a client may store with an offset.");
    public static final ConfigKey<Integer> OFFSETS_COMMIT_TIMEOUT_MS = ALL.integer(
            "offsets.commit.timeout.ms", 5000, atLeast(1), READ_ONLY, "How long a commit may wait for the disk.");
    public static final ConfigKey<List<String>> GROUP_COORDINATOR_REBALANCE_PROTOCOLS = ALL.list(
            "group.coordinator.rebalance.protocols",
            "classic,consumer",
            listOf("consumer", "classic", "share", "streams"),
            READ_ONLY,
            "The group protocols that are served.");
    public static final ConfigKey<Integer> GROUP_INITIAL_REBALANCE_DELAY_MS = ALL.integer(
            "group.initial.rebalance.delay.ms",
            3000,
            NONE,
            READ_ONLY,
            "How long a new classic group waits for more members before its first rebalance.");
    public static final ConfigKey<Integer> GROUP_MIN_SESSION_TIMEOUT_MS = ALL.integer(
            "group.min.session.timeout.ms", 6000, NONE, READ_ONLY, "The shortest session of a classic member.");
    public static final ConfigKey<Integer> GROUP_MAX_SESSION_TIMEOUT_MS = ALL.integer(
            "group.max.session.timeout.ms", 1800000, NONE, READ_ONLY, "The longest session of a classic member.");
    public static final ConfigKey<Integer> GROUP_MAX_SIZE = ALL.integer(
            "group.max.size", Integer.MAX_VALUE, atLeast(1), READ_ONLY, "Members of one classic group at most.");
    public static final ConfigKey<Integer> GROUP_CONSUMER_SESSION_TIMEOUT_MS = ALL.integer(
            "group.consumer.session.timeout.ms", 45000, atLeast(1), READ_ONLY, "Session of a consumer group's member.");
    public static final ConfigKey<Integer> GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS = ALL.integer(
            "group.consumer.min.session.timeout.ms", 45000, atLeast(1), READ_ONLY, "The least that a group may set.");
    public static final ConfigKey<Integer> GROUP_CONSUMER_MAX_SESSION_TIMEOUT_MS = ALL.integer(
            "group.consumer.max.session.timeout.ms", 60000, atLeast(1), READ_ONLY, "The most that a group may set.");
    public static final ConfigKey<Integer> GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS = ALL.integer(
            "group.consumer.heartbeat.interval.ms",
            5000,
            atLeast(1),
            READ_ONLY,
            "Heartbeats of a consumer group's member.");
    public static final ConfigKey<Integer> GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS = ALL.integer(
            "group.consumer.min.heartbeat.interval.ms", 5000, atLeast(1), READ_ONLY, "The least that a group may set.");
    public static final ConfigKey<Integer> GROUP_CONSUMER_MAX_HEARTBEAT_INTERVAL_MS = ALL.integer(
            "group.consumer.max.heartbeat.interval.ms", 15000, atLeast(1), READ_ONLY, "The most that a group may set.");
    public static final ConfigKey<Integer> GROUP_CONSUMER_MAX_SIZE = ALL.integer(
            "group.consumer.max.size",
            Integer.MAX_VALUE,
            atLeast(1),
            READ_ONLY,
            "Members of one consumer group at most.");
    public static final ConfigKey<List<String>> GROUP_CONSUMER_ASSIGNORS = ALL.list(
            "group.consumer.assignors",
            "uniform,range",
            listOf("uniform", "range"),
            READ_ONLY,
            "The server-side assignors; the first is the default.");
    public static final ConfigKey<String> GROUP_CONSUMER_MIGRATION_POLICY = ALL.string(
            "group.consumer.migration.policy",
            "bidirectional",
            oneOfIgnoringCase("DISABLED", "DOWNGRADE", "UPGRADE", "BIDIRECTIONAL"),
            READ_ONLY,
            "Whether groups may change between the classic and the consumer protocol while members are there.");
    public static final ConfigKey<Integer> GROUP_CONSUMER_REGEX_REFRESH_INTERVAL_MS = ALL.integer(
            "group.consumer.regex.refresh.interval.ms",
            600000,
            atLeast(10000),
            READ_ONLY,
            "How often the topics that match a subscription by regular expression are looked up again.");

    static {
        IneffectiveKeys.addTo(ALL);
    }

    private BrokerConfigKeys() {}
}
