package io.daybook.metadata;

import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.base.wire.Message;
import io.daybook.metadata.record.FileHeaderRecord;
import io.daybook.metadata.record.SnapshotEndRecord;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.DiskLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of the metadata: at most one snapshot, {@code <version>.snapshot}, and the journal that goes on from it,
 * {@code <version>.journal}. A commit is one batch, appended and synced before the next. A snapshot is written aside,
 * synced and renamed before the journal before it goes. Blocks; for one thread at a time.
 */
final class MetadataFiles {
    private static final int SNAPSHOT_BATCH_BYTES = 64 * 1024;
    private static final int WRITE_BYTES = 128 * 1024;
    private static final int NAME_DIGITS = 20;

    private final Disk disk;
    private final Path directory;
    private final DiskLock lock;
    private DiskFile journal;
    private long journalBase;
    private long journalBytes;
    private long snapshotBytes;

    private MetadataFiles(Disk disk, Path directory, DiskLock lock, DiskFile journal) {
        this.disk = disk;
        this.directory = directory;
        this.lock = lock;
        this.journal = journal;
    }

    /** Something was not written, and what was there before is as it was. */
    static final class NotWrittenException extends IOException {
        NotWrittenException(String message, IOException cause) {
            super(message + ": " + cause.getMessage(), cause);
        }
    }

    /** What was there. */
    record Opened(MetadataFiles files, MetadataImage image, MetadataRecovery recovery) {}

    /**
     * Opens or begins the metadata in a directory, and takes its lock.
     *
     * @throws MetadataDirectoryException if it cannot be used; nothing was changed then
     */
    static Opened open(Disk disk, Path directory) throws IOException {
        disk.createDirectories(directory);
        Path parent = directory.getParent();
        if (parent != null) {
            disk.syncDirectory(parent); // a killed process may have made the directory and not come to that
        }
        DiskLock lock = disk.tryLock(directory.resolve(".lock"))
                .orElseThrow(() -> new MetadataDirectoryException(
                        directory + " is in use by another broker; stop that one, or take another data directory"));
        try {
            return recover(disk, directory, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Opened recover(Disk disk, Path directory, DiskLock lock) throws IOException {
        List<String> names = disk.list(directory);
        Optional<Long> snapshot = newest(names, ".snapshot");
        MetadataImage image = MetadataImage.EMPTY;
        long snapshotBytes = 0;
        if (snapshot.isPresent()) {
            MetadataFileReader reader =
                    MetadataFileReader.open(disk, directory.resolve(name(snapshot.get(), ".snapshot")));
            image = reader.readSnapshot(snapshot.get());
            snapshotBytes = reader.sizeBytes();
        }
        long base = image.version();
        Path journalPath = directory.resolve(name(base, ".journal"));
        if (snapshot.isEmpty() && newest(names, ".journal").orElse(0L) > 0) {
            throw new MetadataDirectoryException(
                    directory + " is damaged: the snapshot that its journal goes on from is missing");
        }
        long truncatedBytes = 0;
        String reason = "";
        long goodBytes = 0;
        if (disk.exists(journalPath)) {
            MetadataFileReader reader = MetadataFileReader.open(disk, journalPath);
            if (!reader.isWithoutHeader()) {
                image = reader.readJournal(image);
                goodBytes = reader.goodBytes();
            }
            truncatedBytes = reader.sizeBytes() - goodBytes;
            reason = reader.reason();
        }
        DiskFile journal = disk.open(journalPath, Disk.Mode.READ_WRITE);
        MetadataFiles files = new MetadataFiles(disk, directory, lock, journal);
        files.journalBase = base;
        files.journalBytes = goodBytes;
        files.snapshotBytes = snapshotBytes;
        try {
            files.begin(truncatedBytes > 0);
            files.deleteOld(names);
        } catch (IOException e) {
            journal.close();
            throw e;
        }
        return new Opened(files, image, new MetadataRecovery(directory, image.version(), truncatedBytes, reason));
    }

    /** What was read counts from now on, also what a killed process had written and not synced. */
    private void begin(boolean isTorn) throws IOException {
        if (isTorn) {
            journal.truncate(journalBytes);
        }
        journal.sync();
        disk.syncDirectory(directory);
        if (journalBytes == 0) {
            writeHeader();
        }
    }

    /**
     * Makes a commit durable.
     *
     * @throws NotWrittenException if nothing of it is there, and the next one may succeed
     * @throws IOException if nobody knows what is there: nothing more may be appended
     */
    void append(long version, List<MetadataChange> changes) throws IOException {
        RecordBatchBuilder batch = new RecordBatchBuilder(Compression.NONE).baseOffset(version);
        for (MetadataChange change : changes) {
            add(batch, ChangeCodec.encode(change));
        }
        append(batch.build());
    }

    /** Whether the journal has grown so long that a snapshot is worth its writing. */
    boolean isSnapshotDue(long minJournalBytes) {
        return journalBytes > Math.max(minJournalBytes, snapshotBytes);
    }

    /**
     * Writes a snapshot of everything that was committed, and begins a new journal after it.
     *
     * @throws NotWrittenException if there is none now, but the journal goes on
     * @throws IOException as for {@link #append}
     */
    void snapshot(MetadataImage image) throws IOException {
        long version = image.version();
        Path aside = directory.resolve(name(version, ".snapshot.tmp"));
        long sizeBytes;
        try (DiskFile file = disk.open(aside, Disk.Mode.READ_WRITE)) {
            file.truncate(0);
            sizeBytes = new SnapshotWriter(file).write(image);
            file.sync();
        } catch (IOException e) {
            snapshotBytes = journalBytes; // not again before the journal is twice as long
            throw new NotWrittenException("the snapshot " + aside + " was not written", e);
        }
        disk.rename(aside, directory.resolve(name(version, ".snapshot")));
        disk.syncDirectory(directory);
        journal.close();
        journal = disk.open(directory.resolve(name(version, ".journal")), Disk.Mode.READ_WRITE);
        journalBase = version;
        journalBytes = 0;
        snapshotBytes = sizeBytes;
        writeHeader();
        deleteOld(disk.list(directory));
    }

    void close() throws IOException {
        journal.close();
        lock.close();
    }

    private void writeHeader() throws IOException {
        append(header(false, journalBase));
        disk.syncDirectory(directory);
    }

    private void append(ByteBuffer batch) throws IOException {
        int sizeBytes = batch.remaining();
        try {
            write(journal, batch, journalBytes);
        } catch (IOException e) {
            // A full disk, most likely, which somebody will make room on.
            journal.truncate(journalBytes);
            throw new NotWrittenException("the metadata journal in " + directory + " was not written", e);
        }
        journal.sync();
        journalBytes += sizeBytes;
    }

    /** Everything that the newest snapshot makes superfluous, and what a crash left half done. */
    private void deleteOld(List<String> names) throws IOException {
        for (String name : names) {
            boolean isTemporary = name.endsWith(".tmp");
            boolean isOlder = version(name, ".snapshot")
                            .or(() -> version(name, ".journal"))
                            .orElse(journalBase)
                    < journalBase;
            if (isTemporary || isOlder) {
                disk.delete(directory.resolve(name));
            }
        }
    }

    private static final class SnapshotWriter {
        private final DiskFile file;
        private RecordBatchBuilder batch = new RecordBatchBuilder(Compression.NONE).baseOffset(0);
        private long recordCount;
        private long position;

        SnapshotWriter(DiskFile file) {
            this.file = file;
        }

        long write(MetadataImage image) throws IOException {
            put(header(true, image.version()));
            for (MetadataChange change : SnapshotChanges.of(image)) {
                add(batch, ChangeCodec.encode(change));
                recordCount++;
                if (batch.uncompressedSizeBytes() >= SNAPSHOT_BATCH_BYTES) {
                    putBatch();
                }
            }
            if (batch.recordCount() > 0) {
                putBatch();
            }
            RecordBatchBuilder end = new RecordBatchBuilder(Compression.NONE)
                    .baseOffset(recordCount)
                    .control();
            add(end, new SnapshotEndRecord().setRecordCount(recordCount));
            put(end.build());
            return position;
        }

        private void putBatch() throws IOException {
            put(batch.build());
            batch = new RecordBatchBuilder(Compression.NONE).baseOffset(recordCount);
        }

        private void put(ByteBuffer bytes) throws IOException {
            int sizeBytes = bytes.remaining();
            MetadataFiles.write(file, bytes, position);
            position += sizeBytes;
        }
    }

    private static ByteBuffer header(boolean isSnapshot, long version) {
        RecordBatchBuilder header = new RecordBatchBuilder(Compression.NONE)
                .baseOffset(isSnapshot ? 0 : version)
                .control();
        add(
                header,
                new FileHeaderRecord()
                        .setFormatVersion(MetadataFileReader.FORMAT_VERSION)
                        .setSnapshot(isSnapshot)
                        .setVersion(version));
        return header.build();
    }

    private static void add(RecordBatchBuilder batch, Message message) {
        batch.append(0, ChangeCodec.key(message), ChangeCodec.value(message));
    }

    private static void write(DiskFile file, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int count = Math.min(WRITE_BYTES, bytes.remaining());
            file.write(bytes.slice(bytes.position(), count), at);
            bytes.position(bytes.position() + count);
            at += count;
        }
    }

    private static String name(long version, String suffix) {
        String digits = Long.toString(version);
        return "0".repeat(NAME_DIGITS - digits.length()) + digits + suffix;
    }

    private static Optional<Long> newest(List<String> names, String suffix) {
        return names.stream().flatMap(name -> version(name, suffix).stream()).max(Long::compare);
    }

    private static Optional<Long> version(String name, String suffix) {
        String digits = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : "";
        boolean isVersion = digits.length() == NAME_DIGITS && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isVersion ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }
}
