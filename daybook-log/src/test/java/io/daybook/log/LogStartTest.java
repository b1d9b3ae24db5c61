package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What lies before a log's start is deleted; nothing that is needed of it may be lost with it. */
class LogStartTest {
    private static final Path DATA = Path.of("/data");
    private static final LogConfig SMALL_SEGMENTS = LogConfig.DEFAULTS.withSegments(1_000, Long.MAX_VALUE);

    private final FaultyDisk disk = new FaultyDisk();
    private final LogFixture fixture = new LogFixture(disk, DATA);

    private static ErrorCode send(PartitionLog log, int sequence) {
        return log.append(LogFixture.batch(7, 0, sequence, "v" + sequence + "x".repeat(300)), AppendOrigin.CLIENT, 0)
                .code();
    }

    /** Fills segments and lets the snapshots of all but the last be written. */
    private PartitionLog filled() {
        PartitionLog log = fixture.open(SMALL_SEGMENTS);
        for (int i = 0; i < 10; i++) {
            assertThat(send(log, i)).isEqualTo(ErrorCode.NONE);
            fixture.settle();
        }
        return log;
    }

    @Test
    void itMovesOnceTheSnapshotsOfProducersHaveTheirNames() {
        PartitionLog log = filled();
        long rolledAt = 8;
        String snapshot = String.format("%020d.snapshot", rolledAt);
        assertThat(disk.exists(DATA.resolve("orders-0").resolve(snapshot))).isTrue();
        assertThat(disk.durableSteps).contains(snapshot);
        disk.durableSteps.clear();

        fixture.await(log.deleteRecordsBefore(rolledAt));

        assertThat(disk.durableSteps).containsSubsequence("orders-0/", "to log-start-offset-checkpoint");
        assertThat(disk.durableSteps.indexOf("orders-0/"))
                .isLessThan(disk.durableSteps.indexOf("to log-start-offset-checkpoint"));
    }

    @Test
    void aProducerIsKnownWhereverItsRecordsWereDeleted() {
        for (int steps = 0; steps < 40; steps++) {
            PartitionLog log = filled();
            log.deleteRecordsBefore(9);
            log.applyRetention();
            fixture.step(steps);

            fixture.restart();
            PartitionLog reopened = fixture.open(SMALL_SEGMENTS);

            assertThat(send(reopened, 12))
                    .as("after %s steps", steps)
                    .isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
            assertThat(send(reopened, 9)).isEqualTo(ErrorCode.NONE);
            assertThat(reopened.endOffset()).isEqualTo(10);
            fixture.await(fixture.engine.delete(LogFixture.ID));
        }
    }

    @Test
    void aProducerIsKnownIfTheCrashCameBeforeTheSnapshot() throws IOException {
        PartitionLog log = filled();
        assertThat(log.endOffset()).isEqualTo(10);
        Path snapshot = DATA.resolve("orders-0").resolve(String.format("%020d.snapshot", 8));
        disk.delete(snapshot);

        fixture.restart();
        PartitionLog recovered = fixture.open(SMALL_SEGMENTS);
        fixture.settle();

        assertThat(disk.exists(snapshot)).isTrue();
        fixture.await(recovered.deleteRecordsBefore(8));
        fixture.await(recovered.applyRetention());
        fixture.restart();
        assertThat(send(fixture.open(SMALL_SEGMENTS), 7)).isEqualTo(ErrorCode.NONE);
        assertThat(fixture.open(SMALL_SEGMENTS).endOffset()).isEqualTo(10);
    }

    @Test
    void anEmptyLogBehindDeletedRecordsIsWholeAfterAnOrderlyStop() throws IOException {
        PartitionLog log = fixture.open(LogConfig.DEFAULTS.withFlush(LogConfig.Flush.OS));
        log.append(LogFixture.batch(1, "lost", "too"), AppendOrigin.CLIENT, 0);
        fixture.await(log.deleteRecordsBefore(2));
        loseUnsyncedRecords();
        fixture.restart();
        assertThat(fixture.open().startOffset()).isEqualTo(2);
        fixture.await(fixture.engine.close());

        fixture.restart();
        PartitionLog reopened = fixture.open();

        assertThat(reopened.recovery().clean()).isTrue();
        assertThat(List.of(reopened.startOffset(), reopened.endOffset())).containsExactly(2L, 2L);
    }

    private void loseUnsyncedRecords() throws IOException {
        Path segment = DATA.resolve("orders-0").resolve("00000000000000000000.log");
        try (DiskFile file = disk.open(segment, Disk.Mode.READ_WRITE)) {
            file.truncate(0);
        }
    }
}
