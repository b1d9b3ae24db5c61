package io.daybook.sim.log;

import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.Partitions;
import io.daybook.log.LogEngine;
import io.daybook.log.LogEngineConfig;
import io.daybook.log.LogSeams;
import io.daybook.metadata.MemoryMetadataStore;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.TopicImage;
import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Disk;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Shard;
import io.daybook.sim.SimScheduler;
import io.daybook.sim.SimulationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One process: from the start of its engine to its end. */
final class BrokerLife {
    private static final int MAX_STEPS = 200_000;
    private static final long UPKEEP_INTERVAL_MS = 30_000;

    private final SimScheduler scheduler;
    private final Scenario scenario;
    private final RandomSource random;
    private final List<Shard> shards = new ArrayList<>();
    private final Shard metadataShard;
    private @Nullable LogEngine engine;
    private @Nullable Partitions partitions;
    private @Nullable MemoryMetadataStore metadata;
    private @Nullable Throwable failure;
    private Cancellable upkeep = () -> {};

    BrokerLife(SimScheduler scheduler, Scenario scenario, RandomSource random) {
        this.scheduler = scheduler;
        this.scenario = scenario;
        this.random = random;
        for (int i = 0; i < scenario.shardCount(); i++) {
            shards.add(scheduler.newShard("shard" + i));
        }
        this.metadataShard = scheduler.newShard("metadata");
    }

    /** Starts everything; false if the machine stopped meanwhile, or if no drive can be used and one had failed. */
    boolean start(Disk disk, int leaderEpoch, BooleanSupplier mayFail) {
        LogEngineConfig config = new LogEngineConfig(
                scenario.logDirs(),
                "simulated-cluster-0000",
                1,
                86_400_000,
                20_000,
                5_000,
                3,
                random.nextInt(30_000),
                scenario.journal());
        LogSeams seams = new LogSeams(disk, scheduler.ticker(), random, scheduler::newWorker);
        scheduler.newWorker("main").execute(() -> LogEngine.start(config, seams).whenComplete((started, thrown) -> {
            engine = started;
            failure = thrown;
        }));
        scheduler.runUntil(() -> engine != null || failure != null, MAX_STEPS, "the engine starts");
        scheduler.checkNothingFailed();
        if (engine == null) {
            if (!scheduler.isHalted() && !mayFail.getAsBoolean()) {
                throw new SimulationFailure("the engine does not start", failure);
            }
            return false;
        }
        metadataShard.post(() -> makePartitions(leaderEpoch));
        scheduler.runUntil(() -> partitions != null, MAX_STEPS, "the partitions are made");
        scheduler.checkNothingFailed();
        return !scheduler.isHalted();
    }

    Partition partition(TopicIdPartition id) {
        if (partitions == null) {
            throw new IllegalStateException("not started");
        }
        return partitions.find(id.topicId(), id.partition()).orElseThrow();
    }

    boolean isOnline(TopicIdPartition id) {
        return engine != null && engine.isOnline(id);
    }

    /** The names of the partitions that the engine knows of, whether of a topic or not. */
    List<TopicPartition> stored() {
        return engine == null ? List.of() : engine.partitions();
    }

    boolean isTopic(Uuid topicId) {
        return partitions != null && partitions.isTopic(topicId);
    }

    /** Returns when the topic is there, or the machine stopped. */
    void create(TopicImage topic) {
        commit(List.of(creation(topic)));
        scheduler.runUntil(() -> isTopic(topic.id()), MAX_STEPS, "a topic is created");
        scheduler.checkNothingFailed();
    }

    /** Begins to delete a topic. */
    void delete(TopicImage topic) {
        commit(List.of(
                new MetadataChange.TopicDeleted(topic.id(), scheduler.ticker().wallMs()),
                new MetadataChange.TopicPurged(topic.id())));
    }

    private void commit(List<MetadataChange> changes) {
        MemoryMetadataStore store = metadata;
        if (store == null) {
            throw new IllegalStateException("not started");
        }
        metadataShard.post(() -> store.commit(store.image().version(), changes));
    }

    private static MetadataChange creation(TopicImage topic) {
        return new MetadataChange.TopicCreated(
                topic.name(), topic.id(), topic.partitionCount(), topic.createdMs(), topic.configs());
    }

    /** Stops in order. False if the machine stopped meanwhile or something could not be written. */
    boolean stop() {
        upkeep.cancel();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Partitions ending = partitions;
        LogEngine closing = engine;
        if (ending == null || closing == null) {
            throw new IllegalStateException("not started");
        }
        metadataShard.post(
                () -> ending.close().thenCompose(any -> closing.close()).whenComplete((done, thrown) -> {
                    failure = thrown;
                    closed.complete(null);
                }));
        scheduler.runUntil(closed::isDone, MAX_STEPS, "the broker stops");
        scheduler.checkNothingFailed();
        return closed.isDone() && failure == null;
    }

    private void makePartitions(int leaderEpoch) {
        MemoryMetadataStore store = new MemoryMetadataStore(metadataShard, "simulated-cluster-0000");
        List<MetadataChange> changes = new ArrayList<>();
        scenario.topics().forEach(each -> changes.add(creation(each)));
        changes.add(new MetadataChange.LeaderEpochRaised(leaderEpoch));
        store.commit(store.image().version(), changes);
        if (engine == null) {
            throw new IllegalStateException("not started");
        }
        metadata = store;
        Partitions made = new Partitions(shards, engine, store, scenario::config);
        if (random.nextInt(2) == 0) {
            upkeep = made.startUpkeep(scheduler.ticker(), UPKEEP_INTERVAL_MS, () -> UPKEEP_INTERVAL_MS);
        }
        partitions = made;
    }
}
