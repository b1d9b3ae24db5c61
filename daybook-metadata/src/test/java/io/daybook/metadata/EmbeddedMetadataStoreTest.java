package io.daybook.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.base.Uuid;
import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.base.wire.Message;
import io.daybook.metadata.record.FileHeaderRecord;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.ManualShard;
import io.daybook.runtime.ManualWorker;
import io.daybook.runtime.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EmbeddedMetadataStoreTest {
    private static final Path DIRECTORY = Path.of("/data/__daybook_metadata");
    private static final String JOURNAL = "00000000000000000000.journal";
    private static final Uuid CLUSTER = new Uuid(7, 8);
    private static final long NO_SNAPSHOTS = Long.MAX_VALUE;

    private final ManualShard shard = new ManualShard();
    private final ManualWorker worker = new ManualWorker();
    private final Disk disk = new MemoryDisk();

    @Test
    void whatWasCommittedIsThereAfterARestart() throws IOException {
        EmbeddedMetadataStore store = open(disk, NO_SNAPSHOTS);
        History history = History.of(1, 50, store.image());
        history.commits().forEach(commit -> commit(store, commit));
        close(store);

        EmbeddedMetadataStore again = open(disk, NO_SNAPSHOTS);

        assertThat(History.text(again.image())).isEqualTo(History.text(history.after(50)));
        assertThat(again.recovery().truncatedBytes()).isZero();
        assertThat(again.image().clusterId()).isEqualTo(CLUSTER.toString());
    }

    @Test
    void everyPrefixOfTheJournalRecoversToAPrefixOfTheHistory() throws IOException {
        EmbeddedMetadataStore store = open(disk, NO_SNAPSHOTS);
        History history = History.of(2, 12, store.image());
        List<Integer> ends = new ArrayList<>();
        ends.add(read(JOURNAL).length);
        for (List<MetadataChange> commit : history.commits()) {
            commit(store, commit);
            ends.add(read(JOURNAL).length);
        }
        close(store);
        byte[] whole = read(JOURNAL);

        for (int length = ends.get(0); length <= whole.length; length++) {
            Disk cut = new MemoryDisk();
            write(cut, JOURNAL, whole, length);
            EmbeddedMetadataStore recovered = open(cut, NO_SNAPSHOTS);

            int at = length;
            int commits = (int) ends.stream().filter(end -> end <= at).count() - 1;
            assertThat(History.text(recovered.image()))
                    .as("journal cut at %s", length)
                    .isEqualTo(History.text(history.after(commits)));
            assertThat(recovered.recovery().truncatedBytes()).isEqualTo(length - ends.get(commits));
            close(recovered);
        }
    }

    @Test
    void whatIsBrokenBeforeTheLastCommitIsAnErrorAndNothingIsChanged() throws IOException {
        EmbeddedMetadataStore store = open(disk, NO_SNAPSHOTS);
        History history = History.of(3, 6, store.image());
        history.commits().subList(0, 5).forEach(commit -> commit(store, commit));
        int lastBegins = read(JOURNAL).length;
        commit(store, history.commits().get(5));
        close(store);
        byte[] whole = read(JOURNAL);

        for (int position = 0; position < lastBegins; position++) {
            byte[] broken = whole.clone();
            broken[position] ^= (byte) 0x40;
            Disk other = new MemoryDisk();
            write(other, JOURNAL, broken, broken.length);

            boolean isCovered = !isOutsideOfChecks(position, whole);
            if (isCovered) {
                assertThatThrownBy(() -> open(other, NO_SNAPSHOTS))
                        .as("a bit at %s", position)
                        .isInstanceOf(MetadataDirectoryException.class);
                assertThat(read(other, JOURNAL)).isEqualTo(broken);
            }
        }
    }

    /** Only the leader epoch of a batch is neither checked by its CRC nor compared with what must be there. */
    private static boolean isOutsideOfChecks(int position, byte[] journal) {
        ByteBuffer bytes = ByteBuffer.wrap(journal);
        int batch = 0;
        while (batch + 12 + bytes.getInt(batch + 8) <= position) {
            batch += 12 + bytes.getInt(batch + 8);
        }
        boolean isHeader = batch == 0;
        int inBatch = position - batch;
        return inBatch >= 12 && inBatch < 16 || isHeader && inBatch < 8;
    }

    @Test
    void aCrashAtAnyChangeOfTheDiskLosesNothingThatWasAnswered() throws IOException {
        for (int crashAt = 1; crashAt < 200; crashAt++) {
            Disk beneath = new MemoryDisk();
            History history =
                    History.of(4, 40, new MetadataChange.ClusterNamed(CLUSTER.toString()).applyTo(MetadataImage.EMPTY));
            CrashingDisk crashing = new CrashingDisk(beneath, crashAt, crashAt);
            int answered = 0;
            try {
                EmbeddedMetadataStore store = open(crashing, 700);
                for (List<MetadataChange> commit : history.commits()) {
                    CommitResult result = commit(store, commit);
                    if (!(result instanceof CommitResult.Committed) || crashing.hasCrashed()) {
                        answered += result instanceof CommitResult.Committed ? 1 : 0;
                        break;
                    }
                    answered++;
                }
            } catch (IOException e) {
                assertThat(crashing.hasCrashed()).isTrue();
            }

            EmbeddedMetadataStore recovered = open(beneath, 700);

            String found = History.text(recovered.image());
            int next = Math.min(answered + 1, 40);
            assertThat(found)
                    .as("crash at change %s after %s answers", crashAt, answered)
                    .isIn(History.text(history.after(answered)), History.text(history.after(next)));
            close(recovered);
        }
    }

    @Test
    void snapshotsReplaceTheJournalBeforeThem() throws IOException {
        EmbeddedMetadataStore store = open(disk, 1000);
        History history = History.of(5, 300, store.image());
        history.commits().forEach(commit -> commit(store, commit));
        close(store);

        EmbeddedMetadataStore again = open(disk, 1000);

        assertThat(History.text(again.image())).isEqualTo(History.text(history.after(300)));
        assertThat(disk.list(DIRECTORY))
                .filteredOn(name -> name.endsWith(".snapshot"))
                .hasSize(1);
        assertThat(disk.list(DIRECTORY))
                .filteredOn(name -> name.endsWith(".journal"))
                .hasSize(1);
        assertThat(disk.list(DIRECTORY)).doesNotContain(JOURNAL);
    }

    @Test
    void aBrokenSnapshotIsAnError() throws IOException {
        EmbeddedMetadataStore store = open(disk, 1000);
        History.of(5, 100, store.image()).commits().forEach(commit -> commit(store, commit));
        close(store);
        String snapshot = disk.list(DIRECTORY).stream()
                .filter(name -> name.endsWith(".snapshot"))
                .findFirst()
                .orElseThrow();
        byte[] whole = read(snapshot);
        Random random = new Random(5);
        for (int i = 0; i < 100; i++) {
            write(disk, snapshot, whole, random.nextInt(whole.length));

            assertThatThrownBy(() -> open(disk, 1000))
                    .isInstanceOf(MetadataDirectoryException.class)
                    .hasMessageContaining(snapshot)
                    .hasMessageContaining("is damaged at position");
        }
    }

    @Test
    void whatANewerProgramWroteIsRefused() throws IOException {
        Message header = new FileHeaderRecord().setFormatVersion((short) 2).setVersion(0);
        byte[] journal = new RecordBatchBuilder(Compression.NONE)
                .control()
                .append(0, ChangeCodec.key(header), ChangeCodec.value(header))
                .build()
                .array();
        write(disk, JOURNAL, journal, 61 + 20);
        write(disk, JOURNAL, journal, ByteBuffer.wrap(journal).getInt(8) + 12);

        assertThatThrownBy(() -> open(disk, NO_SNAPSHOTS))
                .isInstanceOf(MetadataDirectoryException.class)
                .hasMessageContaining("was written by a newer Daybook (format 2, this one knows 1)");
    }

    @Test
    void aDirectoryThatIsInUseIsRefused() throws IOException {
        open(disk, NO_SNAPSHOTS);

        assertThatThrownBy(() -> open(disk, NO_SNAPSHOTS))
                .isInstanceOf(MetadataDirectoryException.class)
                .hasMessageContaining("is in use by another broker");
    }

    @Test
    void aCommitOnAnOldVersionIsAConflict() throws IOException {
        EmbeddedMetadataStore store = open(disk, NO_SNAPSHOTS);
        List<MetadataChange> changes = List.of(new MetadataChange.LeaderEpochRaised(1));
        commit(store, changes);

        CompletableFuture<CommitResult> second = store.commit(1, changes);

        assertThat(second.join()).isInstanceOf(CommitResult.Conflict.class);
    }

    @Test
    void nobodySeesACommitBeforeItIsDurableAndListenersSeeItBeforeTheAnswer() throws IOException {
        EmbeddedMetadataStore store = open(disk, NO_SNAPSHOTS);
        List<String> seen = new ArrayList<>();
        store.listen((before, after, changes) -> seen.add("listener " + before.version() + " " + after.version()));

        store.commit(1, List.of(new MetadataChange.LeaderEpochRaised(1)))
                .thenAccept(result -> seen.add("answer " + store.image().version()));
        seen.add("submitted " + store.image().version());
        worker.runAll();
        seen.add("written " + store.image().version());
        shard.runAll();

        assertThat(seen).containsExactly("submitted 1", "written 1", "listener 1 2", "answer 2");
    }

    private EmbeddedMetadataStore open(Disk on, long minJournalBytes) throws IOException {
        return EmbeddedMetadataStore.open(
                shard, worker, EmbeddedMetadataStore.begin(on, DIRECTORY, CLUSTER), minJournalBytes);
    }

    private CommitResult commit(EmbeddedMetadataStore store, List<MetadataChange> changes) {
        CompletableFuture<CommitResult> result = store.commit(store.image().version(), changes);
        worker.runAll();
        shard.runAll();
        return result.join();
    }

    private void close(EmbeddedMetadataStore store) {
        CompletableFuture<Void> closed = store.close();
        worker.runAll();
        closed.join();
    }

    private byte[] read(String name) throws IOException {
        return read(disk, name);
    }

    private static byte[] read(Disk from, String name) throws IOException {
        try (DiskFile file = from.open(DIRECTORY.resolve(name), Disk.Mode.READ)) {
            byte[] bytes = new byte[(int) file.sizeBytes()];
            file.read(ByteBuffer.wrap(bytes), 0);
            return bytes;
        }
    }

    private static void write(Disk to, String name, byte[] bytes, int length) throws IOException {
        to.createDirectories(DIRECTORY);
        try (DiskFile file = to.open(DIRECTORY.resolve(name), Disk.Mode.READ_WRITE)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(bytes, 0, length), 0);
        }
    }
}
