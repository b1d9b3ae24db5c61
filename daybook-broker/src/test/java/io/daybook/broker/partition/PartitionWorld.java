package io.daybook.broker.partition;

import io.daybook.base.Uuid;
import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.broker.config.BrokerConfig;
import io.daybook.log.AppendResult;
import io.daybook.log.LogEngine;
import io.daybook.log.LogEngineConfig;
import io.daybook.log.LogSeams;
import io.daybook.metadata.MemoryMetadataStore;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.TopicImage;
import io.daybook.runtime.ManualShard;
import io.daybook.runtime.ManualTicker;
import io.daybook.runtime.ManualWorker;
import io.daybook.runtime.MemoryDisk;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Shard;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Partitions on a disk in memory, in which nothing happens before the test says so. */
public final class PartitionWorld {
    public final ManualTicker ticker = new ManualTicker();
    public final ManualShard first = new ManualShard(ticker);
    public final ManualShard second = new ManualShard(ticker);
    public final MemoryDisk disk = new MemoryDisk();
    public final MemoryMetadataStore metadata = new MemoryMetadataStore(first, "cluster");
    public final Partitions partitions;

    private final List<ManualWorker> workers = new ArrayList<>();

    public PartitionWorld() {
        CompletableFuture<LogEngine> engine = LogEngine.start(
                LogEngineConfig.of(List.of(Path.of("/data")), "cluster", 1),
                new LogSeams(disk, ticker, RandomSource.seeded(7), name -> worker()));
        settle();
        partitions = new Partitions(
                List.of(first, second), engine.getNow(null), metadata, new StorageConfigs(() -> BrokerConfig.DEFAULTS));
    }

    public List<Shard> shards() {
        return List.of(first, second);
    }

    /** Runs everything except what waits for time. */
    public void settle() {
        boolean isBusy = true;
        while (isBusy) {
            isBusy = first.pendingCount() + second.pendingCount() > 0;
            first.runAll();
            second.runAll();
            for (ManualWorker each : List.copyOf(workers)) {
                isBusy |= each.runNext();
            }
        }
    }

    /** Runs the shards, but no disk. */
    public void runShards() {
        while (first.pendingCount() + second.pendingCount() > 0) {
            first.runAll();
            second.runAll();
        }
    }

    public TopicImage createTopic(String name, int partitionCount, Map<String, String> configs) {
        Uuid id = new Uuid(name.hashCode(), metadata.image().version() + 17);
        commit(new MetadataChange.TopicCreated(name, id, partitionCount, ticker.wallMs(), configs));
        return metadata.image().topic(id).orElseThrow();
    }

    public void commit(MetadataChange... changes) {
        metadata.commit(metadata.image().version(), List.of(changes));
    }

    public Partition partition(String topic, int partition) {
        return partitions.find(topic, partition).orElseThrow();
    }

    /** Appends one record; the answer is added to the list when it comes. */
    public void append(Partition partition, String value, Acks acks, List<AppendResult> answers) {
        partition.append(batch(value), acks, 1000, answers::add);
    }

    public void appendAndSettle(Partition partition, String value) {
        append(partition, value, Acks.ALL, new ArrayList<>());
        settle();
    }

    public ByteBuffer batch(String... values) {
        RecordBatchBuilder builder = new RecordBatchBuilder(Compression.NONE);
        for (String each : values) {
            builder.append(ticker.wallMs(), null, ByteBuffer.wrap(each.getBytes(StandardCharsets.UTF_8)));
        }
        return builder.build();
    }

    private ManualWorker worker() {
        ManualWorker worker = new ManualWorker();
        workers.add(worker);
        return worker;
    }
}
