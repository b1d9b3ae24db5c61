package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.RecordReader;
import io.daybook.base.record.Records;
import io.daybook.runtime.Disk;
import io.daybook.runtime.ManualShard;
import io.daybook.runtime.ManualTicker;
import io.daybook.runtime.ManualWorker;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Worker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** An engine on some disk, with shard and workers that run on the test's thread when they are told to. */
final class LogFixture {
    static final TopicIdPartition ID = id("orders", 0);

    final ManualTicker ticker = new ManualTicker();
    final ManualShard shard = new ManualShard(ticker);
    final List<ManualWorker> workers = new ArrayList<>();
    final Disk disk;
    final List<Path> logDirs;
    /** What the next start begins with. */
    JournalConfig journal = JournalConfig.DEFAULTS;

    LogEngine engine;

    LogFixture(Disk disk, Path... logDirs) {
        this.disk = disk;
        this.logDirs = List.of(logDirs);
        this.engine = start();
    }

    static TopicIdPartition id(String topic, int partition) {
        return new TopicIdPartition(new Uuid(7, topic.hashCode() | 1L), new TopicPartition(topic, partition));
    }

    /** Another engine over the same directories, as after the end of the process; the old one just stops. */
    LogEngine restart() {
        workers.clear();
        engine = start();
        return engine;
    }

    private LogEngine start() {
        return await(LogEngine.start(config(), seams()));
    }

    LogEngineConfig config() {
        LogEngineConfig defaults = LogEngineConfig.of(logDirs, "test-cluster", 1);
        return new LogEngineConfig(
                defaults.logDirs(),
                defaults.clusterId(),
                defaults.nodeId(),
                defaults.producerIdExpirationMs(),
                defaults.checkpointIntervalMs(),
                defaults.idleFileCloseMs(),
                defaults.maxOpenLogs(),
                defaults.hotBytes(),
                journal);
    }

    LogSeams seams() {
        return new LogSeams(disk, ticker, RandomSource.seeded(1), this::worker);
    }

    private Worker worker(String name) {
        ManualWorker worker = new ManualWorker();
        workers.add(worker);
        return worker;
    }

    /** Lets shard and workers run until nothing is left to do. */
    void settle() {
        boolean busy = true;
        while (busy) {
            busy = shard.pendingCount() > 0;
            shard.runAll();
            for (ManualWorker worker : List.copyOf(workers)) {
                busy |= worker.runNext();
            }
        }
    }

    /** So much later the files have all that was held in memory. */
    void writeOut() {
        ticker.advanceMs(1_000);
        settle();
    }

    /** Lets so many tasks of the workers run, and what the shard has to do in between. */
    void step(int tasks) {
        for (int i = 0; i < tasks; i++) {
            shard.runAll();
            for (ManualWorker worker : workers) {
                if (worker.runNext()) {
                    break;
                }
            }
        }
    }

    <T> T await(CompletableFuture<T> future) {
        settle();
        assertThat(future).isDone();
        return future.join();
    }

    PartitionLog open() {
        return open(LogConfig.DEFAULTS);
    }

    PartitionLog open(LogConfig config) {
        return await(engine.open(ID, config, shard));
    }

    /** Appends and waits until it is durable; the base offset. */
    long append(PartitionLog log, String... values) {
        AppendResult result = log.append(batch(ticker.wallMs(), values), AppendOrigin.CLIENT, 0);
        assertThat(result).isInstanceOf(AppendResult.Appended.class);
        AppendResult.Appended appended = (AppendResult.Appended) result;
        assertThat(await(log.whenDurable(appended.lastOffset() + 1))).isEqualTo(ErrorCode.NONE);
        return appended.baseOffset();
    }

    static ByteBuffer batch(long timestampMs, String... values) {
        RecordBatchBuilder builder = new RecordBatchBuilder(Compression.NONE);
        for (String value : values) {
            builder.append(timestampMs, null, bytes(value));
        }
        return builder.build();
    }

    static ByteBuffer batch(long producerId, int epoch, int sequence, String... values) {
        RecordBatchBuilder builder =
                new RecordBatchBuilder(Compression.NONE).producer(producerId, (short) epoch, sequence);
        for (String value : values) {
            builder.append(1_700_000_000_000L, null, bytes(value));
        }
        return builder.build();
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    ReadResult readResult(PartitionLog log, long offset, int maxBytes) {
        ReadResult result = log.read(offset, maxBytes, true, log.durableOffset());
        return result instanceof ReadResult.Pending ? await(((ReadResult.Pending) result).result()) : result;
    }

    /** The values from an offset to the durable end, as a consumer would see them. */
    List<String> values(PartitionLog log, long from, int maxBytes) {
        List<String> values = new ArrayList<>();
        visit(log, from, maxBytes, (batch, record) -> {
            if (record.offset() >= from && !batch.isControl()) {
                values.add(text(record.value()));
            }
        });
        return values;
    }

    /** Shows every record, with its batch, from the batch of an offset to the durable end. */
    void visit(PartitionLog log, long from, int maxBytes, BiConsumer<RecordBatch, BatchRecord> visitor) {
        long offset = from;
        while (offset < log.durableOffset()) {
            long next = visit(readResult(log, offset, maxBytes), visitor).orElse(offset);
            if (next == offset) {
                break;
            }
            offset = next;
        }
    }

    /** Shows every record of one read, and lets the file go; the offset behind its last batch, empty if there is none. */
    static OptionalLong visit(ReadResult result, BiConsumer<RecordBatch, BatchRecord> visitor) {
        assertThat(result).isInstanceOf(ReadResult.Slice.class);
        Records records = ((ReadResult.Slice) result).records();
        RecordBatches batches = new RecordBatches(records.buffer());
        OptionalLong next = OptionalLong.empty();
        while (batches.nextValid()) {
            RecordBatch batch = batches.batch();
            RecordReader.readAll(batch, RecordReader.UNBOUNDED).forEach(record -> visitor.accept(batch, record));
            next = OptionalLong.of(batch.nextOffset());
        }
        assertThat(batches.end().isWhole()).as("whole batches").isTrue();
        if (records instanceof FileRecords) {
            ((FileRecords) records).release();
        }
        return next;
    }

    static String text(@Nullable ByteBuffer bytes) {
        return bytes == null ? "" : StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
