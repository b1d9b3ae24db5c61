package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileFilesTest {
    private static final Path DATA = Path.of("/data");
    private static final Path PARTITION = DATA.resolve("orders-0");
    private static final LogConfig SMALL_SEGMENTS = LogConfig.DEFAULTS.withSegments(20_000, Long.MAX_VALUE);

    private final FaultyDisk disk = new FaultyDisk();
    private final LogFixture fixture = new LogFixture(disk, DATA);
    private final List<String> expected = new ArrayList<>();

    private PartitionLog filled() {
        PartitionLog log = fixture.open(SMALL_SEGMENTS);
        for (int i = 0; i < 200; i++) {
            expected.add("value-" + i + "-" + "y".repeat(i * 3));
            fixture.append(log, expected.get(i));
        }
        fixture.writeOut();
        return log;
    }

    private void stopCleanly() {
        fixture.await(fixture.engine.close());
    }

    private List<Path> files(String suffix) {
        try {
            return disk.list(PARTITION).stream()
                    .filter(name -> name.endsWith(suffix))
                    .sorted()
                    .map(PARTITION::resolve)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void flip(Path path, long position) {
        try (DiskFile file = disk.open(path, Disk.Mode.READ_WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, position);
            one.put(0, (byte) (one.get(0) ^ 0x5A));
            file.write(one.flip(), position);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long size(Path path) {
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            return file.sizeBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void extend(Path path, byte... bytes) {
        try (DiskFile file = disk.open(path, Disk.Mode.READ_WRITE)) {
            file.write(ByteBuffer.wrap(bytes), file.sizeBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".index", ".timeindex", ".snapshot"})
    void lostSidecarsAreBuiltAnew(String suffix) throws IOException {
        filled();
        stopCleanly();
        for (Path path : files(suffix)) {
            disk.delete(path);
        }

        fixture.restart();
        PartitionLog log = fixture.open(SMALL_SEGMENTS);

        assertThat(fixture.values(log, 0, 3_000)).isEqualTo(expected);
        assertThat(fixture.await(log.maxTimestamp()).offset()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void flippedBitsInSidecarsLoseNothing(long seed) {
        filled();
        stopCleanly();
        Random random = new Random(seed);
        for (String suffix : List.of(".index", ".timeindex", ".snapshot", "leader-epoch-checkpoint")) {
            for (Path path : files(suffix)) {
                long size = size(path);
                if (size > 0 && random.nextBoolean()) {
                    flip(path, random.nextLong(size));
                }
            }
        }

        fixture.restart();
        PartitionLog log = fixture.open(SMALL_SEGMENTS);

        assertThat(log.endOffset()).isEqualTo(200);
        for (int from : new int[] {0, 17, 101, 150, 199}) {
            ReadResult result = fixture.readResult(log, from, 3_000);
            assertThat(result).isInstanceOfAny(ReadResult.Slice.class, ReadResult.Failed.class);
        }
    }

    @Test
    void aTornTailIsCutAndReported() {
        filled();
        fixture.settle();
        Path last = files(".log").get(files(".log").size() - 1);
        extend(last, new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) 200, 0, 0, 1, 0, 0, 0});

        fixture.restart();
        PartitionLog log = fixture.open(SMALL_SEGMENTS);

        assertThat(log.recovery().clean()).isFalse();
        assertThat(log.recovery().cutBytes()).isEqualTo(14);
        assertThat(log.recovery().cutAtOffset()).isEqualTo(200);
        assertThat(log.recovery().reason()).isNotEmpty();
        assertThat(fixture.values(log, 0, 3_000)).isEqualTo(expected);
        assertThat(fixture.append(log, "on")).isEqualTo(200);
    }

    @Test
    void aFlippedBitInDurableDataIsAnErrorWithItsOffset() {
        filled();
        stopCleanly();
        Path last = files(".log").get(files(".log").size() - 1);
        flip(last, size(last) - 10);

        fixture.restart();
        CompletableFuture<PartitionLog> opened = fixture.engine.open(LogFixture.ID, SMALL_SEGMENTS, fixture.shard);
        fixture.settle();

        assertThatThrownBy(opened::join)
                .cause()
                .isInstanceOf(CorruptLogException.class)
                .hasMessageContaining("199")
                .hasMessageContaining("CRC");
    }

    @Test
    void unknownFilesAreLeftAlone() {
        filled();
        stopCleanly();
        extend(PARTITION.resolve("notes.txt"), (byte) 1);
        extend(DATA.resolve("README"), (byte) 1);

        fixture.restart();

        assertThat(fixture.values(fixture.open(SMALL_SEGMENTS), 0, 3_000)).isEqualTo(expected);
        assertThat(disk.exists(PARTITION.resolve("notes.txt"))).isTrue();
    }

    @Test
    void aDirectoryOfANewerVersionOrAnotherClusterIsRefused() throws IOException {
        stopCleanly();
        try (DiskFile file = disk.open(DATA.resolve("meta.properties"), Disk.Mode.READ_WRITE)) {
            file.truncate(0);
            file.write(LogFixture.bytes("version=2\ncluster.id=test-cluster\nnode.id=1\n"), 0);
        }
        assertThatThrownBy(fixture::restart)
                .hasRootCauseInstanceOf(LogDirectoryException.class)
                .hasMessageContaining("from a newer version");

        try (DiskFile file = disk.open(DATA.resolve("meta.properties"), Disk.Mode.READ_WRITE)) {
            file.truncate(0);
            file.write(LogFixture.bytes("version=1\ncluster.id=other\nnode.id=1\n"), 0);
        }
        assertThatThrownBy(fixture::restart)
                .hasRootCauseInstanceOf(LogDirectoryException.class)
                .hasMessageContaining("belongs to another node");
    }

    @Test
    void aDeletedTopicOfTheSameNameIsNotReadAgain() {
        filled();
        stopCleanly();
        fixture.restart();

        var again =
                new io.daybook.base.TopicIdPartition(new io.daybook.base.Uuid(99, 99), LogFixture.ID.topicPartition());
        PartitionLog log = fixture.await(fixture.engine.open(again, SMALL_SEGMENTS, fixture.shard));

        assertThat(log.endOffset()).isZero();
        assertThat(fixture.append(log, "new")).isZero();
    }

    @Test
    void aPartitionOfWhichOnlyALaterSegmentHasItsNameBeginsAnew() throws IOException {
        filled();
        for (String name : disk.list(DATA)) {
            if (name.startsWith("daybook-journal") || name.startsWith("recovery-point")) {
                disk.delete(DATA.resolve(name));
            }
        }
        disk.delete(files(".log").get(0));
        try (DiskFile metadata = disk.open(PARTITION.resolve("partition.metadata"), Disk.Mode.READ_WRITE)) {
            metadata.truncate(0);
        }

        fixture.restart();
        PartitionLog log = fixture.open(SMALL_SEGMENTS);

        assertThat(log.startOffset()).isZero();
        assertThat(log.endOffset()).isZero();
        assertThat(fixture.append(log, "first")).isZero();
    }
}
