package io.daybook.broker;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.fetch.Fetches;
import io.daybook.broker.group.GroupConfig;
import io.daybook.broker.group.GroupSeams;
import io.daybook.broker.group.GroupService;
import io.daybook.broker.group.OffsetsTopic;
import io.daybook.broker.partition.LogDirs;
import io.daybook.broker.partition.Partitions;
import io.daybook.broker.partition.StorageConfigs;
import io.daybook.broker.producer.ProducerIds;
import io.daybook.broker.topic.ConfigService;
import io.daybook.broker.topic.TopicService;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.MetadataWriter;
import io.daybook.runtime.Cancellable;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The services of one broker, composed from what they stand on. For any thread. */
public final class Broker {
    private final BrokerSeams seams;
    private final MetadataWriter writer;
    private final Partitions partitions;
    private final Fetches fetches;
    private final TopicService topics;
    private final ConfigService configs;
    private final ProducerIds producerIds;
    private final LogDirs logDirs;
    private final GroupService groups;
    private Cancellable upkeep = () -> {};
    private Cancellable purging = () -> {};
    private Cancellable groupLoading = () -> {};

    /** On the metadata shard, or before anything is committed. Nothing runs before {@link #start()}. */
    public Broker(BrokerSeams seams) {
        this.seams = seams;
        this.writer = new MetadataWriter(seams.metadataShard(), seams.metadata());
        this.partitions =
                new Partitions(seams.shards(), seams.engine(), seams.metadata(), new StorageConfigs(() -> seams.config()
                        .current()));
        this.fetches = new Fetches(
                seams.shards(),
                partitions,
                config().get(BrokerConfigKeys.MAX_FETCH_SESSIONS),
                seams.ticker(),
                seams.random());
        this.topics = new TopicService(writer, seams.config(), seams.ticker(), seams.random());
        this.configs = new ConfigService(writer, seams.config());
        this.logDirs = new LogDirs(seams.engine(), seams.worker());
        this.producerIds = new ProducerIds(seams.metadataShard(), writer);
        this.groups = new GroupService(
                new OffsetsTopic(topics, partitions, seams.ticker()),
                new GroupSeams(
                        seams.ticker(), seams.random(), () -> GroupConfig.of(config()), seams.metadata()::image));
        seams.metadata().listen((before, after, changes) -> {
            if (changes.stream().anyMatch(each -> each instanceof MetadataChange.TopicDeleted)) {
                groups.topicsChanged();
            }
        });
    }

    /** The partitions that this broker leads. */
    public Partitions partitions() {
        return partitions;
    }

    /** Reads of clients. */
    public Fetches fetches() {
        return fetches;
    }

    /** What creates, grows and deletes topics. */
    public TopicService topics() {
        return topics;
    }

    /** What describes and changes configurations. */
    public ConfigService configs() {
        return configs;
    }

    /** Identities of producers. */
    public ProducerIds producerIds() {
        return producerIds;
    }

    /** The directories that records are kept in. */
    public LogDirs logDirs() {
        return logDirs;
    }

    /** Groups of consumers, and their offsets. */
    public GroupService groups() {
        return groups;
    }

    /** The one who changes the metadata. */
    public MetadataWriter metadataWriter() {
        return writer;
    }

    /** The configuration as it changes. */
    public LiveConfig liveConfig() {
        return seams.config();
    }

    /** The configuration that holds now. */
    public BrokerConfig config() {
        return seams.config().current();
    }

    /** Begins what runs in the background. Called once. Completes when requests may come. */
    public CompletableFuture<Void> start() {
        seams.config().onChange(changed -> partitions.configureAll());
        upkeep = partitions.startUpkeep(
                seams.ticker(), config().get(BrokerConfigKeys.LOG_RETENTION_CHECK_INTERVAL_MS), () -> config().get(
                                BrokerConfigKeys.LOG_CLEANER_BACKOFF_MS));
        groupLoading = seams.metadataShard()
                .schedule(config().get(BrokerConfigKeys.OFFSETS_RETENTION_CHECK_INTERVAL_MS), groups::load);
        seams.metadataShard().post(() -> purging = topics.startPurging(seams.metadataShard()));
        return seams.engine().isAfterUncleanStop() ? raiseLeaderEpoch() : CompletableFuture.completedFuture(null);
    }

    /** Ends what runs and refuses what comes. Completes when all logs are closed; the engine and store may then be. */
    public CompletableFuture<Void> close() {
        upkeep.cancel();
        groupLoading.cancel();
        seams.metadataShard().post(() -> purging.cancel());
        return partitions.close();
    }

    /**
     * Logs that leave syncing to the system may have lost records that consumers have read: under a new epoch they ask
     * where the old one ends, and find out. One epoch serves all partitions, so none is touched.
     */
    private CompletableFuture<Void> raiseLeaderEpoch() {
        return writer.submit(
                        image -> new MetadataWriter.Decided<>(
                                List.of(new MetadataChange.LeaderEpochRaised(image.leaderEpoch() + 1)), ErrorCode.NONE),
                        code -> code)
                .thenCompose(code -> code.isNone()
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(
                                new IllegalStateException("the leader epoch cannot be raised: " + code)));
    }
}
