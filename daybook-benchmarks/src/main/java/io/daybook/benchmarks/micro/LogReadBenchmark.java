package io.daybook.benchmarks.micro;

import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.log.AppendOrigin;
import io.daybook.log.FileRecords;
import io.daybook.log.LogConfig;
import io.daybook.log.LogEngine;
import io.daybook.log.LogEngineConfig;
import io.daybook.log.LogSeams;
import io.daybook.log.PartitionLog;
import io.daybook.log.ReadResult;
import io.daybook.runtime.MemoryDisk;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Ticker;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How a Fetch at any offset begins: the look-up in an offset index of 10,000 entries, the head of the batch there, and a
 * reference to its bytes, which are not read.
 */
@State(Scope.Benchmark)
public class LogReadBenchmark {
    private static final int INDEX_ENTRIES = 10_000;
    private static final int VALUE_BYTES = 100;
    /** An index entry is due once so many bytes came since the last: here, with each batch. */
    private static final int INDEX_INTERVAL_BYTES = 1;

    /** A power of two. */
    private static final int OFFSETS_ASKED = 1 << 12;

    private final PartitionLog log = filled();
    private final long[] offsets =
            new SplittableRandom(1).longs(OFFSETS_ASKED, 0, INDEX_ENTRIES).toArray();
    private int next;

    /** Finds the batch of one offset. */
    @Benchmark
    public int find() {
        ReadResult result = log.read(offsets[next++ & (OFFSETS_ASKED - 1)], 1, true, INDEX_ENTRIES);
        if (!(result instanceof ReadResult.Slice slice) || !(slice.records() instanceof FileRecords records)) {
            throw new IllegalStateException("not found in a file: " + result);
        }
        records.release();
        return records.sizeBytes();
    }

    private static PartitionLog filled() {
        CallerShard shard = new CallerShard();
        LogSeams seams = new LogSeams(new MemoryDisk(), Ticker.system(), RandomSource.seeded(1), name -> shard::post);
        LogEngine engine =
                done(shard, LogEngine.start(LogEngineConfig.of(List.of(Path.of("/log")), "micro", 1), seams));
        TopicIdPartition id = new TopicIdPartition(new Uuid(1, 2), new TopicPartition("micro", 0));
        PartitionLog log = done(shard, engine.open(id, config(), shard));
        for (int i = 0; i < INDEX_ENTRIES; i++) {
            log.append(SampleBatch.build(1, VALUE_BYTES), AppendOrigin.CLIENT, 0);
            done(shard, log.whenDurable(log.endOffset()));
        }
        if (log.endOffset() != INDEX_ENTRIES) {
            throw new IllegalStateException("the log ends at " + log.endOffset() + " instead of " + INDEX_ENTRIES);
        }
        return log;
    }

    private static <T> T done(CallerShard shard, CompletableFuture<T> future) {
        shard.runAll();
        if (!future.isDone()) {
            throw new IllegalStateException("still waits, with nothing left to run");
        }
        return future.join();
    }

    private static LogConfig config() {
        LogConfig defaults = LogConfig.DEFAULTS;
        return new LogConfig(
                defaults.segmentBytes(),
                defaults.segmentMs(),
                defaults.segmentJitterMs(),
                INDEX_INTERVAL_BYTES,
                defaults.segmentIndexBytes(),
                defaults.retention(),
                defaults.compaction(),
                defaults.maxMessageBytes(),
                defaults.timestamps(),
                defaults.compressionType(),
                defaults.compressionLevel(),
                LogConfig.Flush.OS);
    }
}
