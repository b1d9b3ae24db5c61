package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicIdPartition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DriveFaultTest {
    private static final Path ONE = Path.of("/one");
    private static final Path OTHER = Path.of("/other");

    private final FaultyDisk disk = new FaultyDisk();

    @Test
    void afterAFailedSyncNothingIsAcknowledgedAgain() {
        LogFixture fixture = new LogFixture(disk, ONE);
        PartitionLog log = fixture.open();
        AtomicInteger heard = new AtomicInteger();
        fixture.engine.onLogDirFailure(heard::incrementAndGet);
        fixture.append(log, "safe");

        disk.syncFails = true;
        log.append(LogFixture.batch(1, "doubtful"), AppendOrigin.CLIENT, 0);
        CompletableFuture<ErrorCode> doubtful = log.whenDurable(2);
        fixture.settle();
        disk.syncFails = false;

        assertThat(doubtful).isCompletedWithValue(ErrorCode.KAFKA_STORAGE_ERROR);
        assertThat(log.isOffline()).isTrue();
        assertThat(log.append(LogFixture.batch(1, "late"), AppendOrigin.CLIENT, 0)
                        .code())
                .isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR);
        assertThat(fixture.await(log.whenDurable(2))).isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR);
        assertThat(log.durableOffset()).isEqualTo(1);
        assertThat(fixture.values(log, 0, 1000)).containsExactly("safe");
        assertThat(heard).hasValue(1);
    }

    @Test
    void anotherDriveGoesOn() {
        LogFixture fixture = new LogFixture(disk, ONE, OTHER);
        List<PartitionLog> logs = new ArrayList<>();
        List<TopicIdPartition> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(LogFixture.id("topic", i));
            logs.add(fixture.await(fixture.engine.open(ids.get(i), LogConfig.DEFAULTS, fixture.shard)));
        }

        disk.failingRoot = ONE;
        disk.syncFails = true;
        logs.forEach(log -> log.append(LogFixture.batch(1, "v"), AppendOrigin.CLIENT, 0));
        fixture.settle();

        assertThat(logs).filteredOn(PartitionLog::isOffline).hasSize(2);
        assertThat(ids).filteredOn(fixture.engine::isOnline).hasSize(2);
        assertThat(fixture.engine.logDirs()).extracting(LogDirState::online).containsExactly(false, true);
        assertThat(logs).filteredOn(log -> log.durableOffset() == 1).hasSize(2);
    }

    @Test
    void aFullDiskRefusesAppendsAndTakesThemAgainLater() {
        disk.usableBytes = 1 << 20;
        LogFixture fixture = new LogFixture(disk, ONE);
        PartitionLog log = fixture.open();
        fixture.append(log, "before");

        disk.freeBytes = 50;
        AppendResult refused = log.append(LogFixture.batch(1, "does not fit"), AppendOrigin.CLIENT, 0);
        fixture.settle();
        disk.freeBytes = 1 << 20;
        long next = fixture.append(log, "after");

        assertThat(refused.code()).isEqualTo(ErrorCode.KAFKA_STORAGE_ERROR);
        assertThat(next).isEqualTo(1);
        assertThat(log.isOffline()).isFalse();
        assertThat(fixture.values(log, 0, 1000)).containsExactly("before", "after");
        fixture.restart();
        assertThat(fixture.values(fixture.open(), 0, 1000)).containsExactly("before", "after");
    }

    @Test
    void manyPartitionsShareOneSync() {
        LogFixture fixture = new LogFixture(disk, ONE);
        List<PartitionLog> logs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            logs.add(fixture.await(fixture.engine.open(LogFixture.id("topic", i), LogConfig.DEFAULTS, fixture.shard)));
        }
        logs.forEach(log -> log.append(LogFixture.batch(1, "first"), AppendOrigin.CLIENT, 0));
        fixture.settle();

        int before = disk.fileSyncs;
        logs.forEach(log -> log.append(LogFixture.batch(1, "v"), AppendOrigin.CLIENT, 0));
        fixture.settle();

        assertThat(logs).allMatch(log -> log.durableOffset() == 2);
        assertThat(disk.fileSyncs - before).isEqualTo(1);
    }
}
