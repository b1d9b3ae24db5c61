package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PartitionLogTest {
    private static final Path DATA = Path.of("/data");
    private static final LogConfig SMALL_SEGMENTS = LogConfig.DEFAULTS.withSegments(2_000, Long.MAX_VALUE);

    private final FaultyDisk disk = new FaultyDisk();
    private final LogFixture fixture = new LogFixture(disk, DATA);

    @Test
    void anAppendedRecordIsReadBack() {
        PartitionLog log = fixture.open();

        assertThat(fixture.append(log, "a", "b")).isZero();
        assertThat(fixture.append(log, "c")).isEqualTo(2);

        assertThat(fixture.values(log, 0, 1 << 20)).containsExactly("a", "b", "c");
        assertThat(fixture.values(log, 1, 1)).containsExactly("b", "c");
        assertThat(log.endOffset()).isEqualTo(3);
    }

    @Test
    void nothingIsReadableBeforeItIsDurable() {
        PartitionLog log = fixture.open();

        log.append(LogFixture.batch(1, "a"), AppendOrigin.CLIENT, 0);
        CompletableFuture<ErrorCode> durable = log.whenDurable(1);

        assertThat(log.durableOffset()).isZero();
        assertThat(durable).isNotDone();
        fixture.settle();
        assertThat(durable).isCompletedWithValue(ErrorCode.NONE);
        assertThat(log.durableOffset()).isEqualTo(1);
    }

    @Test
    void waitersAreAnsweredInTheOrderOfTheirOffsets() {
        PartitionLog log = fixture.open();
        List<Integer> answered = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            int number = i;
            log.append(LogFixture.batch(1, "v" + i), AppendOrigin.CLIENT, 0);
            log.whenDurable(i).thenAccept(code -> answered.add(number));
        }

        fixture.settle();

        assertThat(answered).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void underOsDurabilityAnAppendCountsAtOnce() {
        PartitionLog log = fixture.open(LogConfig.DEFAULTS.withFlush(LogConfig.Flush.OS));

        log.append(LogFixture.batch(1, "a"), AppendOrigin.CLIENT, 0);

        assertThat(log.durableOffset()).isEqualTo(1);
        assertThat(fixture.values(log, 0, 1000)).containsExactly("a");
    }

    @Test
    void segmentsAreRolledBySizeAndReadThrough() {
        PartitionLog log = fixture.open(SMALL_SEGMENTS);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            expected.add("value-" + i + "-" + "x".repeat(i));
            fixture.append(log, expected.get(i));
        }

        assertThat(segmentFiles()).hasSizeGreaterThan(5);
        assertThat(fixture.values(log, 0, 500)).isEqualTo(expected);
        assertThat(fixture.values(log, 40, 5000)).isEqualTo(expected.subList(40, 100));
    }

    private List<String> segmentFiles() {
        try {
            return disk.list(DATA.resolve("orders-0")).stream()
                    .filter(name -> name.endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCleanStopNeedsNoRecovery() {
        PartitionLog log = fixture.open(SMALL_SEGMENTS);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            expected.add("value-" + i);
            fixture.append(log, expected.get(i));
        }

        fixture.await(fixture.engine.close());
        fixture.restart();
        PartitionLog reopened = fixture.open(SMALL_SEGMENTS);

        assertThat(reopened.recovery().clean()).isTrue();
        assertThat(reopened.endOffset()).isEqualTo(100);
        assertThat(fixture.values(reopened, 0, 700)).isEqualTo(expected);
        assertThat(fixture.append(reopened, "next")).isEqualTo(100);
    }

    @Test
    void anUncleanStopIsRecovered() {
        // what was in the journal needs no recovery
        LogConfig notInTheJournal = SMALL_SEGMENTS.withFlush(LogConfig.Flush.OS);
        PartitionLog log = fixture.open(notInTheJournal);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            expected.add("value-" + i);
            fixture.append(log, expected.get(i));
        }

        fixture.restart();
        PartitionLog reopened = fixture.open(notInTheJournal);

        assertThat(reopened.recovery().clean()).isFalse();
        assertThat(reopened.recovery().cutBytes()).isZero();
        assertThat(fixture.values(reopened, 0, 700)).isEqualTo(expected);
        assertThat(reopened.latestLeaderEpoch()).isEqualTo(Optional.of(0));
    }

    @Test
    void aDuplicateIsAnsweredWithItsFirstOffsets() {
        PartitionLog log = fixture.open();
        for (int i = 0; i < 6; i++) {
            log.append(LogFixture.batch(9, 0, i * 2, "a", "b"), AppendOrigin.CLIENT, 0);
        }

        AppendResult again = log.append(LogFixture.batch(9, 0, 2, "a", "b"), AppendOrigin.CLIENT, 0);
        AppendResult forgotten = log.append(LogFixture.batch(9, 0, 0, "a", "b"), AppendOrigin.CLIENT, 0);
        AppendResult gap = log.append(LogFixture.batch(9, 0, 14, "a"), AppendOrigin.CLIENT, 0);
        AppendResult fenced = log.append(LogFixture.batch(9, -1, 12, "a"), AppendOrigin.CLIENT, 0);

        assertThat(again).isEqualTo(new AppendResult.Duplicate(2, 3, -1, 0));
        assertThat(forgotten.code()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(gap.code()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(fenced.code()).isNotEqualTo(ErrorCode.NONE);
    }

    @Test
    void duplicatesAreKnownAfterCleanAndUncleanStops() {
        PartitionLog log = fixture.open();
        for (int i = 0; i < 5; i++) {
            log.append(LogFixture.batch(9, 3, i, "v" + i), AppendOrigin.CLIENT, 0);
        }
        fixture.settle();

        fixture.await(fixture.engine.close());
        fixture.restart();
        PartitionLog clean = fixture.open();
        AppendResult afterClean = clean.append(LogFixture.batch(9, 3, 0, "v0"), AppendOrigin.CLIENT, 0);
        fixture.append(clean, "more");
        fixture.restart();
        PartitionLog unclean = fixture.open();
        AppendResult afterUnclean = unclean.append(LogFixture.batch(9, 3, 1, "v1"), AppendOrigin.CLIENT, 0);

        assertThat(clean.recovery().clean()).isTrue();
        assertThat(afterClean).isEqualTo(new AppendResult.Duplicate(0, 0, -1, 0));
        assertThat(afterUnclean).isEqualTo(new AppendResult.Duplicate(1, 1, -1, 0));
    }

    @Test
    void recordsAreFoundByTime() {
        PartitionLog log = fixture.open(SMALL_SEGMENTS);
        long startMs = fixture.ticker.wallMs();
        for (int i = 0; i < 200; i++) {
            fixture.append(log, "v" + i);
            fixture.ticker.advanceMs(10);
        }

        assertThat(fixture.await(log.offsetForTimestamp(startMs + 1_005)))
                .isEqualTo(new TimestampOffset(startMs + 1_010, 101, 0));
        assertThat(fixture.await(log.offsetForTimestamp(0)).offset()).isZero();
        assertThat(fixture.await(log.offsetForTimestamp(startMs + 10_000))).isEqualTo(TimestampOffset.NONE);
        assertThat(fixture.await(log.maxTimestamp())).isEqualTo(new TimestampOffset(startMs + 1_990, 199, 0));
    }

    @Test
    void retentionByTimeDeletesOldSegments() {
        PartitionLog log = fixture.open(
                SMALL_SEGMENTS.withRetention(new LogConfig.Retention(true, 1_000, LogConfig.UNLIMITED, 0)));
        for (int i = 0; i < 200; i++) {
            fixture.append(log, "v" + i);
            fixture.ticker.advanceMs(10);
        }

        log.applyRetention();
        fixture.settle();

        assertThat(log.startOffset()).isBetween(80L, 110L);
        assertThat(fixture.readResult(log, 0, 100)).isEqualTo(new ReadResult.OutOfRange(log.startOffset(), 200));
        assertThat(fixture.values(log, log.startOffset(), 900)).hasSize((int) (200 - log.startOffset()));
        fixture.ticker.advanceMs(5_000);
        log.applyRetention();
        fixture.settle();
        assertThat(log.startOffset()).isEqualTo(200);
        assertThat(fixture.append(log, "on")).isEqualTo(200);
    }

    @Test
    void retentionBySizeKeepsWhatFits() {
        PartitionLog log = fixture.open(
                SMALL_SEGMENTS.withRetention(new LogConfig.Retention(true, LogConfig.UNLIMITED, 5_000, 0)));
        for (int i = 0; i < 200; i++) {
            fixture.append(log, "v" + i);
        }

        log.applyRetention();

        assertThat(log.sizeBytes()).isBetween(5_000L, 7_100L);
    }

    @Test
    void deletedRecordsStayDeletedAfterARestart() {
        PartitionLog log = fixture.open();
        for (int i = 0; i < 10; i++) {
            fixture.append(log, "v" + i);
        }

        assertThat(fixture.await(log.deleteRecordsBefore(4))).isEqualTo(Optional.of(4L));
        assertThat(fixture.await(log.deleteRecordsBefore(11))).isEmpty();
        fixture.restart();
        PartitionLog reopened = fixture.open();

        assertThat(reopened.startOffset()).isEqualTo(4);
        assertThat(fixture.values(reopened, 4, 10_000)).containsExactly("v4", "v5", "v6", "v7", "v8", "v9");
    }

    @Test
    void anIdleLogHoldsNoOpenFileAndWakesWhenItIsUsed() {
        PartitionLog log = fixture.open();
        fixture.append(log, "a");

        fixture.shard.advanceMs(61_000);
        fixture.settle();

        assertThat(log.isAwake()).isFalse();
        assertThat(disk.openFiles)
                .as("the journal, which is one file for all logs")
                .hasValue(1);
        assertThat(fixture.append(log, "b")).isEqualTo(1);
        assertThat(fixture.values(log, 0, 1000)).containsExactly("a", "b");
        assertThat(log.isAwake()).isTrue();
    }

    @Test
    void whenTooManyLogsHoldFilesTheFirstOnesLetGoAndTakeThemAgainWhenTheyAreUsed() {
        int limit = fixture.config().maxOpenLogs();
        List<PartitionLog> logs = new ArrayList<>();
        for (int i = 0; i < limit + 50; i++) {
            logs.add(fixture.await(fixture.engine.open(LogFixture.id("many", i), LogConfig.DEFAULTS, fixture.shard)));
            fixture.append(logs.get(i), "a");
        }

        assertThat(disk.openFiles.get()).isLessThanOrEqualTo(limit + 2);
        assertThat(fixture.append(logs.get(0), "b")).isEqualTo(1);
        assertThat(fixture.values(logs.get(0), 0, 1000)).containsExactly("a", "b");
        assertThat(disk.openFiles.get()).isLessThanOrEqualTo(limit + 2);
    }

    @Test
    void badBatchesAreRefusedWhole() {
        PartitionLog log = fixture.open();
        ByteBuffer flipped = LogFixture.batch(1, "abcdef");
        flipped.put(flipped.limit() - 3, (byte) 7);
        ByteBuffer cut = LogFixture.batch(1, "abcdef");
        cut.limit(cut.limit() - 1);
        ByteBuffer oldMagic = LogFixture.batch(1, "abcdef");
        oldMagic.put(16, (byte) 1);
        String large = "x".repeat(2_000_000);

        assertThat(log.append(flipped, AppendOrigin.CLIENT, 0).code()).isEqualTo(ErrorCode.CORRUPT_MESSAGE);
        assertThat(log.append(cut, AppendOrigin.CLIENT, 0).code()).isEqualTo(ErrorCode.CORRUPT_MESSAGE);
        assertThat(log.append(oldMagic, AppendOrigin.CLIENT, 0).code()).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(log.append(LogFixture.batch(1, large), AppendOrigin.CLIENT, 0)
                        .code())
                .isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
        assertThat(log.append(ByteBuffer.allocate(0), AppendOrigin.CLIENT, 0).code())
                .isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(log.endOffset()).isZero();
        assertThat(log.sizeBytes()).isZero();
    }

    @Test
    void aLogThatNeverHeldRecordsCostsNoSyncAtAStop() {
        fixture.open();
        int syncs = disk.fileSyncs;
        fixture.await(fixture.engine.close());
        int ofTheStop = disk.fileSyncs - syncs;

        fixture.restart();
        PartitionLog reopened = fixture.open();

        assertThat(ofTheStop).as("both files of the drive").isEqualTo(2);
        assertThat(reopened.recovery().clean()).isTrue();
        assertThat(fixture.append(reopened, "a")).isZero();
    }

    @Test
    void aReaderFindsItsRecordsWheneverRetentionLetsGoOfTheIndexes() {
        PartitionLog log = fixture.open(SMALL_SEGMENTS);
        for (int i = 0; i < 20; i++) {
            fixture.append(log, "value-" + i + "x".repeat(300));
        }
        for (int steps = 0; steps < 12; steps++) {
            log.rest(0);
            ReadResult result = log.read(1, 1, true, log.durableOffset());
            assertThat(result).isInstanceOf(ReadResult.Pending.class);
            fixture.step(steps);
            log.rest(0);

            ReadResult read = fixture.await(((ReadResult.Pending) result).result());

            assertThat(LogFixture.visit(read, (batch, record) -> assertThat(LogFixture.text(record.value()))
                            .startsWith("value-1x")))
                    .as("after %s steps", steps)
                    .hasValue(2);
        }
    }

    @Test
    void anIndexIsDurableWhenItsSegmentIsClosed() {
        PartitionLog log = fixture.open(SMALL_SEGMENTS);
        for (int i = 0; i < 10; i++) {
            fixture.append(log, "x".repeat(300));
        }

        assertThat(disk.durableSteps).contains("00000000000000000000.index", "00000000000000000000.timeindex");
    }
}
