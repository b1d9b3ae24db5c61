package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of a log without opening it, and that it says no less than the open log does. */
class RetentionOutlookTest {
    private static final Path DIRECTORY = Path.of("/data/orders-0");
    private static final LogConfig SMALL_SEGMENTS = LogConfig.DEFAULTS.withSegments(1_000, 604_800_000L);
    private static final LogConfig.Retention ONE_MINUTE = new LogConfig.Retention(true, 60_000, LogConfig.UNLIMITED, 0);
    private static final LogConfig.Retention THREE_KILOBYTES =
            new LogConfig.Retention(true, LogConfig.UNLIMITED, 3_000, 0);

    private final MemoryDisk disk = new MemoryDisk();
    private final LogFixture fixture = new LogFixture(disk, Path.of("/data"));

    @Test
    void aLogThatWasNeverStoredHasNothingToDelete() {
        assertThat(look(true)).isEqualTo(RetentionOutlook.NOTHING);
    }

    @Test
    void anEmptyLogHasNothingToDelete() {
        fixture.await(fixture.open().close());

        assertThat(look(false)).isEqualTo(RetentionOutlook.NOTHING);
        assertThat(look(true).mayDelete(THREE_KILOBYTES, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void aLogIsDueOnceItsFirstBatchIsTooOld() {
        PartitionLog log = fixture.open();
        fixture.append(log, "a");
        long appendedMs = fixture.ticker.wallMs();
        fixture.await(log.close());

        RetentionOutlook outlook = look(false);

        assertThat(outlook.mayDelete(ONE_MINUTE, appendedMs + 60_000)).isFalse();
        assertThat(outlook.mayDelete(ONE_MINUTE, appendedMs + 60_001)).isTrue();
    }

    @Test
    void theSizesOfAClosedLogAreThoseOfTheOpenOne() {
        PartitionLog log = filled(50);
        RetentionOutlook open = log.outlook();
        fixture.await(log.close());

        RetentionOutlook closed = look(true);

        assertThat(closed.bytesBehindFirst()).isEqualTo(open.bytesBehindFirst()).isGreaterThan(2_000);
        assertThat(closed.lacksSizesFor(THREE_KILOBYTES)).isFalse();
        assertThat(look(false).lacksSizesFor(THREE_KILOBYTES)).isTrue();
        assertThat(look(false).lacksSizesFor(ONE_MINUTE)).isFalse();
    }

    @Test
    void theOpenLogKnowsTheYoungestRecordOfItsFirstSegmentAndTheClosedOneAnEarlierOne() {
        PartitionLog log = filled(50);

        RetentionOutlook open = log.outlook();
        fixture.await(log.close());
        RetentionOutlook closed = look(false);

        assertThat(closed.firstMs()).isEqualTo(1_700_000_000_000L).isLessThan(open.firstMs());
    }

    @Test
    void aSegmentBelowTheStartOffsetIsUncertain() {
        PartitionLog log = filled(50);
        assertThat(fixture.await(log.deleteRecordsBefore(45))).isEqualTo(Optional.of(45L));
        fixture.await(log.close());

        assertThat(look(false).mayDelete(new LogConfig.Retention(false, -1, -1, 0), 0))
                .isTrue();
    }

    @Test
    void aTornFirstBatchIsUncertain() throws IOException {
        fixture.await(fixture.open().close());
        try (DiskFile file = disk.open(DIRECTORY.resolve("00000000000000000000.log"), Disk.Mode.READ_WRITE)) {
            file.write(ByteBuffer.wrap(new byte[100]), 0);
        }

        assertThat(look(false)).isEqualTo(RetentionOutlook.UNCERTAIN);
    }

    @Test
    void aSwapThatACrashInterruptedIsUncertain() throws IOException {
        PartitionLog log = filled(5);
        fixture.await(log.close());
        disk.rename(DIRECTORY.resolve("00000000000000000000.log"), DIRECTORY.resolve("00000000000000000000.log.swap"));

        assertThat(look(false)).isEqualTo(RetentionOutlook.UNCERTAIN);
    }

    @Test
    void whatIsDueIsGoneFromTheDiskWhenRetentionCompletes() throws IOException {
        filled(50).close();
        fixture.settle();
        PartitionLog log = fixture.open(SMALL_SEGMENTS.withRetention(ONE_MINUTE));
        fixture.ticker.advanceMs(100_000);

        fixture.await(log.applyRetention().thenCompose(done -> log.close()));

        assertThat(disk.list(DIRECTORY))
                .filteredOn(name -> name.endsWith(".log"))
                .containsExactly("00000000000000000050.log");
    }

    @Test
    void segmentsWhoseRecordsHaveNoTimeStayAsLongAsIfTheyWereWrittenWhenTheLogWasOpened() {
        PartitionLog first = fixture.open(SMALL_SEGMENTS);
        for (int i = 0; i < 30; i++) {
            first.append(LogFixture.batch(-1L, "v" + i), AppendOrigin.CLIENT, 0);
        }
        fixture.await(first.close());
        PartitionLog log = fixture.open(SMALL_SEGMENTS.withRetention(ONE_MINUTE));

        fixture.await(log.applyRetention());
        assertThat(log.startOffset()).isZero();
        fixture.ticker.advanceMs(60_001);
        fixture.await(log.applyRetention());

        assertThat(log.startOffset()).isEqualTo(30);
    }

    /** With so many records, 10 ms apart, in several segments. */
    private PartitionLog filled(int count) {
        PartitionLog log = fixture.open(SMALL_SEGMENTS);
        for (int i = 0; i < count; i++) {
            fixture.append(log, "v" + i);
            fixture.ticker.advanceMs(10);
        }
        return log;
    }

    private RetentionOutlook look(boolean withSizes) {
        return fixture.await(fixture.engine.outlook(LogFixture.ID, fixture.shard, withSizes));
    }
}
