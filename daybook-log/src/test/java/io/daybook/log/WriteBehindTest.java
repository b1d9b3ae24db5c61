package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriteBehindTest {
    private static final Path DATA = Path.of("/data");
    private static final Path SEGMENT = DATA.resolve("orders-0").resolve("00000000000000000000.log");
    private static final int LONG_CHARS = 10_000;

    private final FaultyDisk disk = new FaultyDisk();
    private final LogFixture fixture = new LogFixture(disk, DATA);
    private final List<String> appended = new ArrayList<>();
    private PartitionLog log = fixture.open();

    @BeforeEach
    void lookForRoom() {
        // the first append finds that nobody knows yet how much room there is
        append("first");
    }

    private void append(String value) {
        fixture.append(log, value);
        appended.add(value);
    }

    private void appendLong(int count) {
        for (int i = 0; i < count; i++) {
            append("x".repeat(LONG_CHARS) + appended.size());
        }
    }

    private long fileBytes() {
        try (DiskFile file = disk.open(SEGMENT, Disk.Mode.READ)) {
            return file.sizeBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertAllThere() {
        assertThat(fixture.values(log, 0, 1 << 20)).isEqualTo(appended);
    }

    @Test
    void whatTheJournalHasIsWrittenWhenItIsMuch() {
        long before = fileBytes();

        appendLong(3);
        assertThat(fileBytes()).isEqualTo(before);

        appendLong(20);
        assertThat(fileBytes() - before).isBetween(100_000L, 230_000L);
    }

    @Test
    void afterASecondItIsInTheFile() {
        long before = fileBytes();
        append("last");

        fixture.ticker.advanceMs(999);
        fixture.settle();
        assertThat(fileBytes()).isEqualTo(before);
        fixture.ticker.advanceMs(1);
        fixture.settle();

        assertThat(fileBytes()).isEqualTo(log.sizeBytes());
    }

    @Test
    void whoReadsFindsItAll() {
        appendLong(3);

        assertAllThere();

        appendLong(2);
        assertThat(fixture.values(log, 3, 1 << 20)).isEqualTo(appended.subList(3, 6));
    }

    @Test
    void aKillTakesNothingThatWasAcknowledged() {
        appendLong(20);

        fixture.restart();
        log = fixture.open();

        assertAllThere();
    }

    @Test
    void aCleanStopWritesWhatIsHeld() {
        appendLong(3);

        fixture.await(fixture.engine.close());
        assertThat(fileBytes()).isGreaterThan(3 * LONG_CHARS);
        fixture.restart();
        log = fixture.open();

        assertAllThere();
    }

    @Test
    void whoOpensTheLogNextFindsWhatTheOwnerBeforeHeld() {
        appendLong(3);

        log = fixture.open();

        assertAllThere();
        append("of the next owner");
        assertAllThere();
    }

    @Test
    void withoutWaitingForTheDiskNothingIsHeld() {
        log.configure(LogConfig.DEFAULTS.withFlush(LogConfig.Flush.OS));
        long before = fileBytes();

        appendLong(1);

        assertThat(fileBytes()).isGreaterThan(before + LONG_CHARS);
    }

    @Test
    void whoStopsWaitingForTheDiskHasWhatWasHeldInTheFile() {
        long before = fileBytes();
        appendLong(1);
        assertThat(fileBytes()).isEqualTo(before);

        log.configure(LogConfig.DEFAULTS.withFlush(LogConfig.Flush.OS));

        assertThat(fileBytes()).isGreaterThan(before + LONG_CHARS);
    }

    @Test
    void aDriveThatIsNearlyFullGetsWhatIsHeldAtOnce() {
        appendLong(2);
        disk.usableBytes = 100 << 20;
        fixture.ticker.advanceMs(200);

        appendLong(1);

        assertThat(fileBytes()).isGreaterThan(3 * LONG_CHARS);
        assertAllThere();
    }

    @Test
    void aFullDriveRefusesAndKeepsWhatItAcknowledged() {
        appendLong(13);
        disk.freeBytes = 0;
        AppendResult result =
                log.append(LogFixture.batch(fixture.ticker.wallMs(), "x".repeat(LONG_CHARS)), AppendOrigin.CLIENT, 0);

        assertThat(result).isInstanceOfSatisfying(AppendResult.Refused.class, refused -> assertThat(refused.code())
                .isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR));
        disk.freeBytes = Long.MAX_VALUE;
        append("after it");

        assertAllThere();
        fixture.restart();
        log = fixture.open();
        assertAllThere();
    }

    @Test
    void aDriveThatCannotTakeAtTheEndWhatItAcknowledgedKeepsItInTheJournal() {
        appendLong(2);
        disk.freeBytes = 0;
        fixture.await(log.close());
        assertThat(fixture.engine.isOnline(LogFixture.ID)).isFalse();

        disk.freeBytes = Long.MAX_VALUE;
        fixture.restart();
        log = fixture.open();

        assertAllThere();
    }

    @Test
    void theSizeOfADirectoryIsThatOfItsLogs() {
        appendLong(3);

        assertThat(fixture.engine.logDirs().get(0).partitionBytes().get(LogFixture.ID))
                .isEqualTo(log.sizeBytes());
    }
}
