package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.base.TopicIdPartition;
import io.daybook.runtime.BlockBuffers;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final Path DATA = Path.of("/data");
    private static final Path JOURNAL = DATA.resolve("daybook-journal-0");
    private static final int PARTITIONS = 20;
    private static final int ROUNDS = 5;
    private static final int MANY = 200;

    private final FaultyDisk disk = new FaultyDisk();
    private final LogFixture fixture = new LogFixture(disk, DATA);
    private final List<PartitionLog> logs = new ArrayList<>();

    @BeforeEach
    void fillPartitionsByTheJournal() {
        for (int i = 0; i < PARTITIONS; i++) {
            logs.add(open(i));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < PARTITIONS; i++) {
                logs.get(i).append(LogFixture.batch(1, "v" + i + "." + round), AppendOrigin.CLIENT, 0);
            }
            fixture.settle();
        }
    }

    private PartitionLog open(int partition) {
        return fixture.await(fixture.engine.open(LogFixture.id("topic", partition), LogConfig.DEFAULTS, fixture.shard));
    }

    private Path segment(int partition) {
        return DATA.resolve("topic-" + partition).resolve("00000000000000000000.log");
    }

    private void loseSegments() {
        try {
            for (int i = 0; i < PARTITIONS; i++) {
                try (DiskFile file = disk.open(segment(i), Disk.Mode.READ_WRITE)) {
                    file.truncate(0);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void flipInJournal(long position) {
        try (DiskFile file = disk.open(JOURNAL, Disk.Mode.READ_WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, position);
            one.put(0, (byte) (one.get(0) ^ 1));
            file.write(one.flip(), position);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWasAcknowledgedFromTheJournalIsThereAfterTheSegmentsLostIt() {
        loseSegments();

        fixture.restart();

        for (int i = 0; i < PARTITIONS; i++) {
            PartitionLog log = open(i);
            List<String> expected = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                expected.add("v" + i + "." + round);
            }
            assertThat(fixture.values(log, 0, 10_000)).isEqualTo(expected);
        }
    }

    @Test
    void aCleanStopLeavesNothingToReplay() {
        fixture.await(fixture.engine.close());
        int syncs = disk.fileSyncs;

        fixture.restart();

        assertThat(disk.fileSyncs).isEqualTo(syncs);
        assertThat(open(3).recovery().clean()).isTrue();
    }

    @Test
    void whatIsInTheJournalBringsBackDirectoriesThatAPowerLossTook() throws IOException {
        for (int i = 0; i < PARTITIONS; i++) {
            deleteDirectory(i);
        }

        fixture.restart();

        for (int i = 0; i < PARTITIONS; i++) {
            PartitionLog log = open(i);
            assertThat(fixture.values(log, 0, 10_000)).hasSize(ROUNDS);
            assertThat(log.recovery().clean()).isTrue();
        }
    }

    @Test
    void aDeletedTopicIsNotBroughtBack() {
        fixture.await(fixture.engine.delete(LogFixture.id("topic", 0)));

        fixture.restart();

        assertThat(disk.exists(DATA.resolve("topic-0"))).isFalse();
        assertThat(fixture.engine.partitions()).hasSize(PARTITIONS - 1);
    }

    @Test
    void aPowerLossWhileAFileIsFilledAnewBringsNothingBackThatWasTakenBack() throws IOException {
        fixture.await(fixture.engine.delete(LogFixture.id("topic", 0)));
        fixture.restart();
        List<PartitionLog> reopened = new ArrayList<>();
        for (int i = 1; i < 6; i++) {
            reopened.add(open(i));
        }
        for (int round = 0; round < PARTITIONS; round++) {
            reopened.get(0)
                    .append(LogFixture.batch(1, "too long for the journal".repeat(9_000)), AppendOrigin.CLIENT, 0);
            fixture.settle();
        }
        for (PartitionLog each : reopened) {
            each.append(LogFixture.batch(1, "x".repeat(10_000)), AppendOrigin.CLIENT, 0);
        }
        fixture.settle();
        List<ByteBuffer> heads = disk.syncedHeads.get(JOURNAL);
        try (DiskFile file = disk.open(JOURNAL, Disk.Mode.READ_WRITE)) {
            file.write(heads.get(heads.size() - 2).duplicate(), 0);
        }

        fixture.restart();

        assertThat(disk.exists(DATA.resolve("topic-0"))).isFalse();
    }

    @Test
    void aStopWithManyUsedPartitionsSyncsNoneOfThem() {
        for (int i = PARTITIONS; i < MANY; i++) {
            logs.add(open(i));
            logs.get(i).append(LogFixture.batch(1, "v" + i), AppendOrigin.CLIENT, 0);
        }
        fixture.settle();
        int syncs = disk.fileSyncs;

        fixture.await(fixture.engine.close());

        assertThat(disk.fileSyncs - syncs).isLessThan(5);
        loseSegments();
        fixture.restart();
        for (int i = 0; i < MANY; i++) {
            PartitionLog log = open(i);
            assertThat(log.endOffset()).isEqualTo(i < PARTITIONS ? ROUNDS : 1);
            assertThat(log.recovery().clean()).isTrue();
        }
    }

    @Test
    void theJournalOfManyLivesIsBounded() throws IOException {
        for (int life = 0; life < 20; life++) {
            fixture.restart();
            for (int i = 0; i < PARTITIONS; i++) {
                PartitionLog log = open(i);
                log.append(LogFixture.batch(1, "life" + life), AppendOrigin.CLIENT, 0);
            }
            fixture.settle();
        }

        assertThat(disk.list(DATA).stream().filter(name -> name.startsWith("daybook-journal")))
                .hasSizeLessThan(7);
        assertThat(open(7).endOffset()).isEqualTo(ROUNDS + 20);
    }

    private void deleteDirectory(int partition) throws IOException {
        Path directory = DATA.resolve("topic-" + partition);
        for (String name : disk.list(directory)) {
            disk.delete(directory.resolve(name));
        }
        disk.delete(directory);
    }

    @Test
    void aBitFlippedInTheMiddleOfTheJournalIsAnError() {
        flipInJournal(72 + "topic-0".length() + 20);

        assertThatThrownBy(fixture::restart)
                .hasRootCauseInstanceOf(LogDirectoryException.class)
                .hasMessageContaining("was durable and does not check");
    }

    @Test
    void aTornEntryIsNotPutOverWhatCameAfterTheCut() throws IOException {
        tearALongRun();
        loseSegments();
        fixture.restart();
        PartitionLog cut = open(0);
        assertThat(cut.recovery().cutBytes()).isGreaterThan(60 << 10);

        appendsAfterTheCutStay(cut);
    }

    @Test
    void aLogThatMustBeCutIsOpenedOnAFullDisk() throws IOException {
        tearALongRun();
        disk.freeBytes = 0;
        loseSegments();
        fixture.restart();
        PartitionLog cut = open(0);
        assertThat(cut.recovery().cutBytes()).isGreaterThan(60 << 10);
        assertThat(fixture.values(cut, 0, 10_000)).hasSize(ROUNDS);

        disk.freeBytes = 1L << 40;
        appendsAfterTheCutStay(cut);
    }

    @Test
    void aTopicThatIsDeletedOnAFullDiskIsNotBroughtBack() {
        fixture.writeOut();
        disk.freeBytes = 0;
        fixture.restart();

        fixture.engine.delete(LogFixture.id("topic", 0));
        fixture.settle();
        fixture.restart();

        assertThat(disk.exists(DATA.resolve("topic-0"))).isFalse();
        assertThat(fixture.values(open(1), 0, 10_000)).hasSize(ROUNDS);
    }

    @Test
    void nothingStaysOfARoundThatFoundNoRoom() throws IOException {
        long end = endOfEntries();
        disk.journalWritesUntilFull = 1;
        appendLongRuns("a");
        ByteBuffer atTheEnd = ByteBuffer.allocate(512);
        try (DiskFile file = disk.open(JOURNAL, Disk.Mode.READ)) {
            file.read(atTheEnd, end);
        }
        appendLongRuns("b");
        assertThat(endOfEntries()).isGreaterThan(end);
        try (DiskFile file = disk.open(JOURNAL, Disk.Mode.READ_WRITE)) {
            file.write(atTheEnd.flip(), end);
        }

        fixture.restart();

        assertThat(open(0).endOffset()).isEqualTo(ROUNDS + 2);
    }

    private void appendLongRuns(String letter) {
        for (PartitionLog log : logs.subList(0, 4)) {
            log.append(LogFixture.batch(1, letter.repeat(150 << 10)), AppendOrigin.CLIENT, 0);
        }
        fixture.settle();
        assertThat(logs.subList(0, 4)).allMatch(log -> log.durableOffset() == log.endOffset());
    }

    @Test
    void whatIsHereOfALogThatIsOpenedAgainIsSyncedBeforeItIsForgotten() {
        fixture.journal = new JournalConfig(16 << 10, JournalConfig.MAX_ENTRY_BYTES, 192 << 10, 0);
        fixture.restart();
        List<PartitionLog> reopened = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            reopened.add(open(i));
        }
        List<PartitionLog> others = reopened.subList(1, PARTITIONS);
        for (int round = 0; round < 10; round++) {
            others.forEach(log -> log.append(LogFixture.batch(1, "more"), AppendOrigin.CLIENT, 0));
            fixture.settle();
        }
        reopened.forEach(log -> log.append(LogFixture.batch(1, "acknowledged"), AppendOrigin.CLIENT, 0));
        fixture.settle();
        disk.syncedHeads.clear();

        // from here on the first one is about to be opened again, and the background does not get to it
        fixture.engine.open(LogFixture.id("topic", 0), LogConfig.DEFAULTS, fixture.shard);
        for (int round = 0; round < 30; round++) {
            others.forEach(log -> log.append(LogFixture.batch(1, "more"), AppendOrigin.CLIENT, 0));
            fixture.shard.runAll();
            fixture.workers.get(0).runNext();
        }

        assertThat(disk.syncedHeads).containsKeys(segment(1), segment(0));
    }

    private void tearALongRun() throws IOException {
        logs.get(0).append(LogFixture.batch(1, "x".repeat(100 << 10)), AppendOrigin.CLIENT, 0);
        for (int i = 1; i < 4; i++) {
            logs.get(i).append(LogFixture.batch(1, "v"), AppendOrigin.CLIENT, 0);
        }
        fixture.settle();
        tearLastEntryOfAtLeast(30 << 10);
    }

    private void appendsAfterTheCutStay(PartitionLog cut) {
        for (String value : List.of("by the journal", "by a sync of the segment")) {
            cut.append(LogFixture.batch(1, value), AppendOrigin.CLIENT, 0);
            fixture.settle();
        }
        fixture.restart();

        List<String> values = fixture.values(open(0), ROUNDS, 10_000);
        assertThat(values).containsExactly("by the journal", "by a sync of the segment");
    }

    @Test
    void ofARoundOverTwoSegmentsThatWasLostInPartTheBeginIsKept() throws IOException {
        LogConfig oneBatch = LogConfig.DEFAULTS.withSegments(100, LogConfig.DEFAULTS.segmentMs());
        TopicIdPartition id = LogFixture.id("small", 0);
        PartitionLog log = fixture.await(fixture.engine.open(id, oneBatch, fixture.shard));
        log.append(LogFixture.batch(1, "acknowledged"), AppendOrigin.CLIENT, 0);
        fixture.settle();
        log.append(LogFixture.batch(1, "the segment's first"), AppendOrigin.CLIENT, 0);
        log.append(LogFixture.batch(1, "the next one's first"), AppendOrigin.CLIENT, 0);
        fixture.settle();
        tearLastEntryOfAtLeast(1);
        for (int base = 1; base <= 2; base++) {
            try (DiskFile file =
                    disk.open(DATA.resolve("small-0/0000000000000000000" + base + ".log"), Disk.Mode.READ_WRITE)) {
                file.truncate(0);
            }
        }

        fixture.restart();

        PartitionLog reopened = fixture.await(fixture.engine.open(id, oneBatch, fixture.shard));
        assertThat(reopened.endOffset()).isEqualTo(2);
        assertThat(fixture.values(reopened, 0, 10_000)).containsExactly("acknowledged", "the segment's first");
    }

    private static long nextEntry(ByteBuffer head, long position) {
        long end = position + 72 + head.getShort(54) + head.getInt(56);
        boolean isLastOfRound = head.getShort(52) == 1;
        return isLastOfRound ? BlockBuffers.roundUp(end) : end;
    }

    private long endOfEntries() throws IOException {
        try (DiskFile file = disk.open(JOURNAL, Disk.Mode.READ)) {
            ByteBuffer head = ByteBuffer.allocate(72);
            long position = 0;
            while (file.read(head.clear(), position) == 72 && head.getInt(0) != 0) {
                position = nextEntry(head, position);
            }
            return position;
        }
    }

    /** As a power loss in the middle of its round would: one bit of its bytes is not as it should be. */
    private void tearLastEntryOfAtLeast(int bytes) throws IOException {
        long found = -1;
        try (DiskFile file = disk.open(JOURNAL, Disk.Mode.READ)) {
            ByteBuffer head = ByteBuffer.allocate(72);
            long position = 0;
            while (file.read(head.clear(), position) == 72 && head.getInt(0) != 0) {
                found = head.getInt(56) >= bytes ? position : found;
                position = nextEntry(head, position);
            }
        }
        assertThat(found).isNotNegative();
        flipInJournal(found + 100);
    }

    @Test
    void entriesOfADeletedTopicAreNotReplayedIntoItsSuccessor() {
        fixture.await(fixture.engine.delete(LogFixture.id("topic", 0)));
        var successor = new io.daybook.base.TopicIdPartition(
                new io.daybook.base.Uuid(1, 1), LogFixture.id("topic", 0).topicPartition());
        PartitionLog fresh = fixture.await(fixture.engine.open(successor, LogConfig.DEFAULTS, fixture.shard));
        fixture.append(fresh, "new");

        fixture.restart();
        PartitionLog reopened = fixture.await(fixture.engine.open(successor, LogConfig.DEFAULTS, fixture.shard));

        assertThat(fixture.values(reopened, 0, 10_000)).containsExactly("new");
    }
}
