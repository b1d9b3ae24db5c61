package io.daybook.broker.partition;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.log.LogConfig;
import io.daybook.log.LogEngine;
import io.daybook.log.PartitionLog;
import io.daybook.log.RetentionOutlook;
import io.daybook.metadata.ConfigResource;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.MetadataStore;
import io.daybook.metadata.TopicImage;
import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that the metadata knows, by name and by identity. For any thread. A partition begins to exist here when
 * it is first asked for, and ends when its topic is deleted; the records of a deleted topic go when it is purged.
 */
public final class Partitions implements PartitionSeams {
    private static final Logger log = LoggerFactory.getLogger(Partitions.class);

    private final List<Shard> shards;
    private final LogEngine engine;
    private final Function<TopicImage, LogConfig> configOf;
    private final ConcurrentHashMap<Uuid, TopicPartitions> topics = new ConcurrentHashMap<>();
    /** What must be over before a log of that name may be opened: closing or deleting one of the same name. */
    private final ConcurrentHashMap<TopicPartition, CompletableFuture<Void>> endings = new ConcurrentHashMap<>();
    /** Logs on the disk that the metadata does not know; they are kept until their name is used again. */
    private final ConcurrentHashMap<TopicPartition, TopicIdPartition> strays = new ConcurrentHashMap<>();
    /** What was acted upon: a topic is found only after what had its name before is about to end. */
    private volatile MetadataImage image;

    private volatile boolean isClosed;
    /** Until the upkeep begins. */
    private List<TopicIdPartition> storedAtStart = new ArrayList<>();

    /**
     * Begins with what the metadata says now. Reads files of partitions that no topic has, and so may block. On the metadata shard, or
     * before anything is committed.
     *
     * @param shards who own the partitions; never changes while there are any
     * @param configOf the storage settings that hold for a topic
     */
    public Partitions(
            List<Shard> shards, LogEngine engine, MetadataStore metadata, Function<TopicImage, LogConfig> configOf) {
        this.shards = List.copyOf(shards);
        this.engine = engine;
        this.configOf = configOf;
        this.image = metadata.image();
        findStored();
        metadata.listen(this::onCommit);
    }

    /** The partition of this name and number, if there is one. */
    public Optional<Partition> find(TopicPartition name) {
        return find(name.topic(), name.partition());
    }

    /** The partition of this name and number, if there is one. */
    public Optional<Partition> find(String topic, int partition) {
        return image.topic(topic).flatMap(found -> find(found.id(), partition));
    }

    /** The partition of the topic of this identity, if there is one. */
    public Optional<Partition> find(Uuid topicId, int partition) {
        TopicPartitions topic = topics.get(topicId);
        Partition used = topic == null ? null : topic.get(partition);
        return used != null ? Optional.of(used) : findUnused(topicId, partition);
    }

    /** Whether there is a topic of this identity. */
    public boolean isTopic(Uuid topicId) {
        return image.topic(topicId).isPresent();
    }

    /** Which partitions of a topic lie on a drive that has failed: nobody leads them until the drive is back. */
    public BitSet offline(TopicImage topic) {
        BitSet offline = new BitSet();
        if (!engine.isWhole()) {
            for (int i = 0; i < topic.partitionCount(); i++) {
                offline.set(i, !engine.isOnline(topic.partition(i)));
            }
        }
        return offline;
    }

    /** Who owns a partition, whether it exists or not. */
    public Shard shardOf(Uuid topicId, int partition) {
        return shards.get(Math.floorMod(topicId.hashCode() + partition, shards.size()));
    }

    /** The partitions that were used so far; what is used or ends meanwhile may be among them or not. */
    Iterator<Partition> used() {
        return new UsedPartitions(topics.values().iterator());
    }

    /** Takes over broker-wide settings that changed. */
    public void configureAll() {
        topics.keySet().forEach(id -> image.topic(id).ifPresent(this::configure));
    }

    /**
     * Begins to apply retention and to close what is idle, once in so many milliseconds, and to compact. To be called once.
     *
     * @param compactionIntervalMs the pause between two looks for logs to compact; asked again each time
     * @return what ends it
     */
    public Cancellable startUpkeep(Ticker ticker, long intervalMs, LongSupplier compactionIntervalMs) {
        List<Upkeep> all = new ArrayList<>();
        for (Shard each : shards) {
            List<TopicIdPartition> stored = new ArrayList<>();
            for (TopicIdPartition id : storedAtStart) {
                if (shardOf(id.topicId(), id.partition()) == each) {
                    stored.add(id);
                }
            }
            Upkeep upkeep =
                    new Upkeep(each, this, stored, ticker, new Upkeep.Intervals(intervalMs, compactionIntervalMs));
            upkeep.start();
            all.add(upkeep);
        }
        storedAtStart = List.of();
        return () -> all.forEach(Upkeep::stop);
    }

    /** Ends all partitions: from now on nothing is served. Completes when their logs are closed. */
    public CompletableFuture<Void> close() {
        isClosed = true;
        List<CompletableFuture<Void>> all = new ArrayList<>();
        used().forEachRemaining(each -> all.add(end(each, ErrorCode.NOT_LEADER_OR_FOLLOWER)));
        return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0]));
    }

    @Override
    public CompletableFuture<PartitionLog> open(Partition partition) {
        TopicIdPartition id = partition.id();
        TopicIdPartition stray = strays.remove(id.topicPartition());
        if (stray != null && !stray.equals(id)) {
            log.atWarn()
                    .addKeyValue("partition", stray)
                    .addKeyValue("topicId", stray.topicId())
                    .log("the records of an unknown topic give way to a new topic of its name");
            ending(id.topicPartition(), () -> engine.delete(stray));
        }
        CompletableFuture<Void> ending = endings.get(id.topicPartition());
        if (partition.hasEnded()) {
            // what it would wait for may be its own end, which waits until it is open or not
            return CompletableFuture.failedFuture(new CancellationException(id + " has ended"));
        }
        return ending == null
                ? engine.open(id, config(id), partition.shard())
                : ending.handle((done, failure) -> failure)
                        .thenCompose(any -> engine.open(id, config(id), partition.shard()));
    }

    @Override
    public CompletableFuture<RetentionOutlook> outlook(Partition partition, boolean withSizes) {
        return engine.outlook(partition.id(), partition.shard(), withSizes);
    }

    @Override
    public LogConfig config(TopicIdPartition id) {
        TopicPartitions topic = topics.get(id.topicId());
        return topic == null ? LogConfig.DEFAULTS : topic.config();
    }

    @Override
    public int leaderEpoch() {
        return image.leaderEpoch();
    }

    private Optional<Partition> findUnused(Uuid topicId, int partition) {
        TopicPartitions topic = topics.compute(topicId, (id, known) -> withPartition(id, known, partition));
        return topic == null ? Optional.empty() : Optional.ofNullable(topic.get(partition));
    }

    /** Under the map's entry, and so never at the same time as the end of the topic. */
    private @Nullable TopicPartitions withPartition(Uuid topicId, @Nullable TopicPartitions known, int partition) {
        Optional<TopicImage> found = image.topic(topicId);
        if (isClosed
                || known == TopicPartitions.ENDED
                || found.isEmpty()
                || !found.get().hasPartition(partition)) {
            return known;
        }
        int partitionCount = found.get().partitionCount();
        TopicPartitions topic = known;
        if (topic == null) {
            topic = new TopicPartitions(partitionCount, configOf.apply(found.get()));
        } else if (topic.size() < partitionCount) {
            topic = topic.grownTo(partitionCount);
        }
        if (topic.get(partition) == null) {
            TopicIdPartition id = found.get().partition(partition);
            topic.set(partition, new Partition(id, shardOf(topicId, partition), this));
        }
        return topic;
    }

    /**
     * What has the name of a topic's partition is taken to be that: there can be very many, and opening one finds out
     * whose it is. Only the others are asked.
     */
    private void findStored() {
        for (TopicPartition name : engine.partitions()) {
            Optional<TopicImage> topic = image.topic(name.topic());
            if (topic.isPresent() && topic.get().hasPartition(name.partition())) {
                storedAtStart.add(topic.get().partition(name.partition()));
            } else {
                engine.topicIdOf(name).ifPresent(topicId -> found(new TopicIdPartition(topicId, name)));
            }
        }
    }

    private void found(TopicIdPartition id) {
        storedAtStart.add(id);
        boolean isKnown = image.topic(id.topicId()).isPresent()
                || image.deletedTopic(id.topicId()).isPresent();
        if (!isKnown) {
            strays.put(id.topicPartition(), id);
            log.atWarn()
                    .addKeyValue("partition", id)
                    .addKeyValue("topicId", id.topicId())
                    .log("stored records belong to no known topic; they are kept until the name is used again");
        }
    }

    private void onCommit(MetadataImage before, MetadataImage after, List<MetadataChange> changes) {
        List<Uuid> deleted = new ArrayList<>();
        for (MetadataChange change : changes) {
            if (change instanceof MetadataChange.TopicDeleted) {
                Uuid topicId = ((MetadataChange.TopicDeleted) change).topicId();
                endTopic(topicId);
                deleted.add(topicId);
            } else if (change instanceof MetadataChange.TopicPurged) {
                purge(((MetadataChange.TopicPurged) change).topicId(), before);
            }
        }
        image = after;
        deleted.forEach(topics::remove);
        for (MetadataChange change : changes) {
            if (change instanceof MetadataChange.ConfigSet) {
                ConfigResource resource = ((MetadataChange.ConfigSet) change).resource();
                if (resource.type() == ConfigResource.Type.TOPIC) {
                    after.topic(resource.name()).ifPresent(this::configure);
                }
            }
        }
    }

    private void configure(TopicImage changed) {
        topics.computeIfPresent(changed.id(), (id, topic) -> {
            topic.configure(configOf.apply(changed));
            topic.forEach(each -> each.shard().post(each::configure));
            return topic;
        });
    }

    private void endTopic(Uuid topicId) {
        TopicPartitions topic = topics.put(topicId, TopicPartitions.ENDED);
        if (topic != null) {
            topic.forEach(each -> end(each, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
        }
    }

    private CompletableFuture<Void> end(Partition partition, ErrorCode code) {
        partition.announceEnd(code);
        return ending(partition.id().topicPartition(), () -> {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            partition.shard().post(() -> partition.end(code).whenComplete((done, failure) -> ended.complete(null)));
            return ended;
        });
    }

    private void purge(Uuid topicId, MetadataImage before) {
        Optional<TopicImage> topic =
                before.deletedTopic(topicId).map(deleted -> deleted.topic()).or(() -> before.topic(topicId));
        if (topic.isEmpty()) {
            return;
        }
        for (int i = 0; i < topic.get().partitionCount(); i++) {
            TopicIdPartition id = topic.get().partition(i);
            ending(id.topicPartition(), () -> engine.delete(id)).whenComplete((done, failure) -> {
                if (failure != null) {
                    log.atError()
                            .addKeyValue("partition", id)
                            .setCause(failure)
                            .log("the records of a deleted topic stay on the disk");
                }
            });
        }
    }

    /** Runs the step after those that were begun for this name before, and lets nobody open a log of that name meanwhile. */
    private CompletableFuture<Void> ending(TopicPartition name, Supplier<CompletableFuture<Void>> step) {
        CompletableFuture<Void> ending = new CompletableFuture<>();
        CompletableFuture<Void> previous = endings.put(name, ending);
        CompletableFuture<Void> begin =
                previous == null ? CompletableFuture.completedFuture(null) : previous.handle((done, failure) -> null);
        begin.thenCompose(any -> step.get()).whenComplete((done, failure) -> {
            endings.remove(name, ending);
            if (failure == null) {
                ending.complete(null);
            } else {
                ending.completeExceptionally(failure);
            }
        });
        return ending;
    }
}
