package io.daybook.broker.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
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
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.ForwardingDisk;
import io.daybook.runtime.ManualShard;
import io.daybook.runtime.ManualTicker;
import io.daybook.runtime.ManualWorker;
import io.daybook.runtime.MemoryDisk;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Shard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Partitions on a disk in memory, in which nothing happens before the test says so. */
public final class PartitionWorld {
    private static final Path DATA = Path.of("/data");
    private static final long PIECE_MS = 100;

    public final ManualTicker ticker = new ManualTicker();
    public final ManualShard first = new ManualShard(ticker);
    public final ManualShard second = new ManualShard(ticker);
    public final MemoryDisk disk = new MemoryDisk();
    public final MemoryMetadataStore metadata = new MemoryMetadataStore(first, "cluster");
    public Partitions partitions;

    private final List<ManualWorker> workers = new ArrayList<>();
    private final Set<Path> files = new LinkedHashSet<>();
    private LogEngine engine;

    public PartitionWorld() {
        engine = startEngine();
        partitions = startPartitions();
    }

    /** Stops in order and starts again over the same disk. */
    public void restart() {
        partitions.close();
        settle();
        engine.close();
        settle();
        workers.clear();
        files.clear();
        engine = startEngine();
        partitions = startPartitions();
    }

    private LogEngine startEngine() {
        CompletableFuture<LogEngine> started = LogEngine.start(
                LogEngineConfig.of(List.of(DATA), "cluster", 1),
                new LogSeams(new WatchedDisk(), ticker, RandomSource.seeded(7), name -> worker()));
        settle();
        return started.getNow(null);
    }

    private Partitions startPartitions() {
        return new Partitions(
                List.of(first, second), engine, metadata, new StorageConfigs(() -> BrokerConfig.DEFAULTS));
    }

    /** Lets so much time pass in small pieces, with all that happens in it. */
    public void pass(long ms) {
        for (long passedMs = 0; passedMs < ms; passedMs += PIECE_MS) {
            first.advanceMs(PIECE_MS);
            settle();
        }
    }

    /** Which logs were opened since the start, by the file of theirs that nothing else reads. */
    public List<String> openedLogs() {
        return files.stream()
                .filter(each -> each.endsWith("leader-epoch-checkpoint"))
                .map(each -> each.getParent().getFileName().toString())
                .sorted()
                .toList();
    }

    /** The lengths of a partition's segments, by their offsets. */
    public Map<String, Long> segments(String partition) throws IOException {
        Map<String, Long> segments = new TreeMap<>();
        for (String name : disk.list(DATA.resolve(partition))) {
            if (name.endsWith(".log")) {
                try (DiskFile file = disk.open(DATA.resolve(partition).resolve(name), Disk.Mode.READ)) {
                    segments.put(name.replaceFirst("^0{1,19}", "").replace(".log", ""), file.sizeBytes());
                }
            }
        }
        return segments;
    }

    /** Remembers what was opened. */
    private final class WatchedDisk extends ForwardingDisk {
        WatchedDisk() {
            super(disk);
        }

        @Override
        public DiskFile open(Path path, Mode mode) throws IOException {
            files.add(path);
            return super.open(path, mode);
        }

        @Override
        public boolean exists(Path path) {
            files.add(path);
            return super.exists(path);
        }
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

    /** Appends a record with a key, as a compacted topic asks for. */
    public void appendKeyed(Partition partition, String key, String value) {
        RecordBatchBuilder builder = new RecordBatchBuilder(Compression.NONE);
        builder.append(ticker.wallMs(), bytes(key), bytes(value));
        List<AppendResult> answers = new ArrayList<>();
        partition.append(builder.build(), Acks.ALL, 1000, answers::add);
        settle();
        assertThat(answers).extracting(AppendResult::code).containsExactly(ErrorCode.NONE);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public ByteBuffer batch(String... values) {
        RecordBatchBuilder builder = new RecordBatchBuilder(Compression.NONE);
        for (String each : values) {
            builder.append(ticker.wallMs(), null, bytes(each));
        }
        return builder.build();
    }

    private ManualWorker worker() {
        ManualWorker worker = new ManualWorker();
        workers.add(worker);
        return worker;
    }
}
