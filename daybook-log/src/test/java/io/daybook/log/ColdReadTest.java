package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.runtime.ManualShard;
import io.daybook.runtime.ManualTicker;
import io.daybook.runtime.ManualWorker;
import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads of what was there before the start, from memory and from a drive that lets its readers wait. */
class ColdReadTest {
    private static final int BATCH_BYTES = 256 << 10;
    private static final int BATCHES = 96;
    private static final int LOG_BYTES = BATCHES * BATCH_BYTES;
    private static final int READ_BYTES = 1 << 20;
    private static final int HOT_BYTES = 16 << 20;

    private final ManualTicker ticker = new ManualTicker();
    private final ManualShard shard = new ManualShard(ticker);
    private final CachedDisk disk = new CachedDisk(ticker);
    private final List<ManualWorker> workers = new ArrayList<>();
    private PartitionLog log;
    private int waits;

    @BeforeEach
    void aLogThatWasThereBeforeTheStart() {
        LogEngine first = start();
        PartitionLog filled = await(first.open(LogFixture.ID, LogConfig.DEFAULTS, shard));
        String value = "x".repeat(BATCH_BYTES);
        for (int i = 0; i < BATCHES; i++) {
            filled.append(LogFixture.batch(ticker.wallMs(), value), AppendOrigin.CLIENT, 0);
            settle();
        }
        await(filled.close());
        await(first.close());
        log = await(start().open(LogFixture.ID, LogConfig.DEFAULTS, shard));
        disk.countAnew();
    }

    @Test
    void whatIsInMemoryIsFoundThereWithoutReadingItTwice() {
        // When
        int records = readAll();

        // Then
        assertThat(records).isEqualTo(BATCHES);
        assertThat(disk.coldReads).isZero();
        assertThat(disk.readBytes).isBetween((long) LOG_BYTES, LOG_BYTES * 11L / 10);
    }

    @Test
    void aThreadThatOthersKeepFromRunningDoesNotReadWhatIsInMemory() {
        // Given
        disk.readsPerPause = 3;

        // When
        int records = readAll();

        // Then
        assertThat(records).isEqualTo(BATCHES);
        assertThat(disk.readBytes).isBetween((long) LOG_BYTES, LOG_BYTES * 11L / 10);
    }

    @Test
    void onlyTheWorkerWaitsForAColdDrive() {
        // Given
        disk.dropCache();

        // When
        int records = readAll();

        // Then
        assertThat(records).isEqualTo(BATCHES);
        assertThat(disk.coldReads).isPositive();
        assertThat(disk.coldReadsOnShard).isZero();
    }

    @Test
    void aReaderInSequenceIsReadAheadOf() {
        // Given
        disk.dropCache();

        // When
        readAll();

        // Then
        assertThat(waits).isLessThanOrEqualTo(2);
    }

    @Test
    void whatWasReadLongAgoIsLookedForAgain() {
        // Given
        readAll();
        disk.dropCache();
        ticker.advanceMs(30_000);

        // When
        readAll();

        // Then
        assertThat(disk.coldReads).isPositive();
        assertThat(disk.coldReadsOnShard).isZero();
    }

    @Test
    void whatManyOtherBytesHavePushedOutIsLookedForAgain() {
        // Given
        read(0);
        String value = "y".repeat(BATCH_BYTES);
        for (int i = 0; i <= HOT_BYTES / BATCH_BYTES; i++) {
            log.append(LogFixture.batch(ticker.wallMs(), value), AppendOrigin.CLIENT, 0);
            settle();
        }
        disk.dropCache();

        // When
        read(0);

        // Then
        assertThat(disk.coldReads).isPositive();
        assertThat(disk.coldReadsOnShard).isZero();
    }

    @Test
    void aReaderAtTheEndNeverWaitsAndLooksAtNothingElse() {
        // Given
        long offset = readAll();
        waits = 0;
        disk.countAnew();
        long before = log.sizeBytes();

        // When
        for (int i = 0; i < 10; i++) {
            log.append(LogFixture.batch(ticker.wallMs(), "new"), AppendOrigin.CLIENT, 0);
            log.append(LogFixture.batch(ticker.wallMs(), "newer"), AppendOrigin.CLIENT, 0);
            settle();
            offset = read(offset);
        }

        // Then
        assertThat(offset).isEqualTo(log.endOffset());
        assertThat(waits).isZero();
        assertThat(disk.coldReads).isZero();
        assertThat(disk.readBytesOnShard).as("read, to be sent").isEqualTo(log.sizeBytes() - before);
    }

    private int readAll() {
        int records = 0;
        long offset = 0;
        while (offset < log.durableOffset()) {
            long next = read(offset);
            assertThat(next).isGreaterThan(offset);
            records += (int) (next - offset);
            offset = next;
        }
        return records;
    }

    /** Reads as a consumer does, and lets everybody do what this brought about; the offset after what was read. */
    private long read(long offset) {
        ReadResult result = log.read(offset, READ_BYTES, true, log.durableOffset());
        if (result instanceof ReadResult.Pending) {
            waits++;
            result = await(((ReadResult.Pending) result).result());
        }
        List<Long> offsets = new ArrayList<>();
        long next = LogFixture.visit(result, (batch, record) -> offsets.add(record.offset()))
                .orElseThrow();
        assertThat(offsets).isEqualTo(LongStream.range(offset, next).boxed().toList());
        settle();
        return next;
    }

    private LogEngine start() {
        workers.clear();
        LogEngineConfig config = new LogEngineConfig(
                List.of(Path.of("/data")),
                "test-cluster",
                1,
                86_400_000,
                60_000,
                60_000,
                100,
                HOT_BYTES,
                JournalConfig.DEFAULTS);
        return await(LogEngine.start(config, new LogSeams(disk, ticker, RandomSource.seeded(1), this::worker)));
    }

    private Worker worker(String name) {
        ManualWorker worker = new ManualWorker();
        workers.add(worker);
        return worker;
    }

    private <T> T await(CompletableFuture<T> future) {
        settle();
        assertThat(future).isDone();
        return future.join();
    }

    private void settle() {
        boolean isBusy = true;
        while (isBusy) {
            isBusy = shard.pendingCount() > 0;
            shard.runAll();
            disk.isOnShard = false;
            for (ManualWorker worker : List.copyOf(workers)) {
                isBusy |= worker.runNext();
            }
            disk.isOnShard = true;
        }
    }
}
