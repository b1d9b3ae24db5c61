package io.daybook.log;

import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.runtime.FileSystemDisk;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.ThreadShard;
import io.daybook.runtime.ThreadWorker;
import io.daybook.runtime.Ticker;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How fast appends become durable on a real disk: {@code DIRECTORY PARTITIONS BATCH_BYTES IN_FLIGHT SECONDS [os]}. Prints
 * batches and megabytes per second and the latency from the append to its acknowledgement.
 */
public final class DurableAppendBenchmark {
    private final ThreadShard shard;
    private final List<PartitionLog> logs = new ArrayList<>();
    private final ByteBuffer batch;
    private final long endNanos;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final long[] latencies = new long[4_000_000];
    private int acknowledged;
    private int inFlight;

    private DurableAppendBenchmark(ThreadShard shard, int batchBytes, int seconds) {
        this.shard = shard;
        this.batch = new RecordBatchBuilder(Compression.NONE)
                .append(System.currentTimeMillis(), null, ByteBuffer.allocate(batchBytes))
                .build();
        this.endNanos = System.nanoTime() + seconds * 1_000_000_000L;
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        int partitions = Integer.parseInt(args[1]);
        int batchBytes = Integer.parseInt(args[2]);
        int inFlight = Integer.parseInt(args[3]);
        int seconds = Integer.parseInt(args[4]);
        boolean os = args.length > 5 && args[5].equals("os");
        ThreadShard shard = new ThreadShard("shard", 100_000, Ticker.system());
        LogSeams seams = new LogSeams(new FileSystemDisk(), Ticker.system(), RandomSource.system(), ThreadWorker::new);
        LogEngine engine = LogEngine.start(LogEngineConfig.of(List.of(directory), "bench", 1), seams)
                .get();
        LogConfig config = LogConfig.DEFAULTS.withFlush(os ? LogConfig.Flush.OS : LogConfig.Flush.FSYNC);
        DurableAppendBenchmark run = new DurableAppendBenchmark(shard, batchBytes, seconds);
        for (int i = 0; i < partitions; i++) {
            CompletableFuture<PartitionLog> opened = new CompletableFuture<>();
            int partition = i;
            shard.post(() -> engine.open(LogFixture.id("bench", partition), config, shard)
                    .whenComplete((log, error) -> opened.complete(log)));
            run.logs.add(opened.get());
        }
        long start = System.nanoTime();
        shard.post(() -> {
            for (int i = 0; i < inFlight; i++) {
                for (PartitionLog log : run.logs) {
                    run.append(log);
                }
            }
        });
        run.done.get();
        run.report((System.nanoTime() - start) / 1e9, batchBytes);
        engine.close().get();
        shard.stop();
    }

    private void append(PartitionLog log) {
        shard.checkOwner();
        long begin = System.nanoTime();
        inFlight++;
        batch.putLong(0, 0);
        AppendResult result = log.append(batch, AppendOrigin.CLIENT, 0);
        if (!(result instanceof AppendResult.Appended)) {
            throw new IllegalStateException(result.toString());
        }
        log.whenDurable(((AppendResult.Appended) result).lastOffset() + 1).thenAccept(code -> {
            long now = System.nanoTime();
            latencies[acknowledged++] = now - begin;
            inFlight--;
            if (now < endNanos && acknowledged < latencies.length - 100_000) {
                shard.post(() -> append(log));
            } else if (inFlight == 0) {
                done.complete(null);
            }
        });
    }

    private void report(double seconds, int batchBytes) {
        long[] sorted = Arrays.copyOf(latencies, acknowledged);
        Arrays.sort(sorted);
        System.out.printf(
                "%d partitions, %d bytes: %.0f batches/s, %.1f MB/s, p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms%n",
                logs.size(),
                batchBytes,
                acknowledged / seconds,
                acknowledged / seconds * batchBytes / 1e6,
                sorted[acknowledged / 2] / 1e6,
                sorted[(int) (acknowledged * 0.99)] / 1e6,
                sorted[(int) (acknowledged * 0.999)] / 1e6);
    }
}
