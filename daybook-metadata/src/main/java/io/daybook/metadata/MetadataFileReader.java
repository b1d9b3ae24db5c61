package io.daybook.metadata;

import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.CorruptRecordException;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.RecordReader;
import io.daybook.base.wire.MalformedMessageException;
import io.daybook.base.wire.Message;
import io.daybook.metadata.record.FileHeaderRecord;
import io.daybook.metadata.record.SnapshotEndRecord;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one file of the metadata: a header in a control batch, then batches of changes. The base offset of a batch is the
 * version before its first change.
 */
final class MetadataFileReader {
    /** What this program understands. */
    static final short FORMAT_VERSION = 1;

    private static final int MAX_FILE_BYTES = 1 << 30;
    private static final int CHUNK_BYTES = 128 * 1024;
    private static final long MAX_BATCH_BYTES = 1 << 30;

    private final Path path;
    private final ByteBuffer bytes;
    private final RecordBatches batches;
    private boolean isSnapshotComplete;
    private long recordCount;

    private MetadataFileReader(Path path, ByteBuffer bytes) {
        this.path = path;
        this.bytes = bytes;
        this.batches = new RecordBatches(bytes);
    }

    /** Reads the whole file into memory. */
    static MetadataFileReader open(Disk disk, Path path) throws IOException {
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            long sizeBytes = file.sizeBytes();
            if (sizeBytes > MAX_FILE_BYTES) {
                throw new MetadataDirectoryException(
                        path + " has " + sizeBytes + " bytes, more than metadata can have (" + MAX_FILE_BYTES + ")");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) sizeBytes);
            while (bytes.hasRemaining()) {
                ByteBuffer chunk = bytes.slice(bytes.position(), Math.min(CHUNK_BYTES, bytes.remaining()));
                int read = file.read(chunk, bytes.position());
                if (read == 0) {
                    break;
                }
                bytes.position(bytes.position() + read);
            }
            return new MetadataFileReader(path, bytes.flip());
        }
    }

    int sizeBytes() {
        return bytes.limit();
    }

    /**
     * Reads a snapshot, which was made whole before it got its name: everything that is wrong with it is an error.
     *
     * @return the image that it stands for
     */
    MetadataImage readSnapshot(long version) throws MetadataDirectoryException {
        readHeader(true, version);
        MetadataImage image = MetadataImage.EMPTY;
        while (batches.nextValid()) {
            image = apply(image);
        }
        if (!batches.end().isWhole() || !isSnapshotComplete) {
            throw damaged(
                    batches.end().position(),
                    batches.end().isWhole()
                            ? "its end is missing"
                            : batches.end().reason());
        }
        return image.withVersion(version);
    }

    /**
     * Reads a journal. What is wrong with its last commit was never acknowledged, and ends it; the same further up is an
     * error.
     *
     * @return the image that it leads to from {@code begin}
     */
    MetadataImage readJournal(MetadataImage begin) throws MetadataDirectoryException {
        readHeader(false, begin.version());
        MetadataImage image = begin;
        while (batches.nextValid()) {
            image = apply(image);
        }
        if (!batches.end().isWhole() && isBatchAfter(batches.end().position(), image.version() + 1)) {
            throw damaged(batches.end().position(), batches.end().reason() + ", and there are commits after it");
        }
        return image;
    }

    /** Whether the file is so short that not even its header was synced. */
    boolean isWithoutHeader() {
        batches.reset(bytes);
        boolean found = batches.nextValid();
        return !found && !isBatchAfter(0, 0);
    }

    /** How many bytes of the file are good, after it was read. */
    int goodBytes() {
        return batches.end().position();
    }

    /** What was wrong with the rest. */
    String reason() {
        return batches.end().reason();
    }

    private void readHeader(boolean isSnapshot, long version) throws MetadataDirectoryException {
        batches.reset(bytes);
        if (!batches.nextValid()) {
            throw damaged(0, batches.end().reason());
        }
        for (Message message : messages()) {
            if (!(message instanceof FileHeaderRecord header)) {
                throw damaged(0, "it does not begin with a header");
            }
            if (header.formatVersion() > FORMAT_VERSION) {
                throw new MetadataDirectoryException(path + " was written by a newer Daybook (format "
                        + header.formatVersion() + ", this one knows " + FORMAT_VERSION
                        + "); start that one, or another data directory");
            }
            if (header.snapshot() != isSnapshot || header.version() != version) {
                throw damaged(0, "its header is that of another file, version " + header.version());
            }
        }
    }

    private MetadataImage apply(MetadataImage begin) throws MetadataDirectoryException {
        RecordBatch batch = batches.batch();
        if (isSnapshotComplete) {
            throw damaged(batch.position(), "something follows the end of the snapshot");
        }
        if (!batch.isControl() && batch.baseOffset() != begin.version()) {
            throw damaged(
                    batch.position(),
                    "a commit at version " + batch.baseOffset() + " does not continue version " + begin.version());
        }
        MetadataImage image = begin;
        for (Message message : messages()) {
            if (batch.isControl()) {
                readEnd(message, batch.position());
                continue;
            }
            try {
                image = ChangeCodec.decode(message).applyTo(image);
                recordCount++;
            } catch (MalformedMessageException | IllegalStateException | IllegalArgumentException e) {
                throw new MetadataDirectoryException(damage(batch.position(), String.valueOf(e.getMessage())), e);
            }
        }
        return image;
    }

    private void readEnd(Message message, int position) throws MetadataDirectoryException {
        if (!(message instanceof SnapshotEndRecord end) || end.recordCount() != recordCount) {
            throw damaged(position, "its end does not match its content");
        }
        isSnapshotComplete = true;
    }

    private List<Message> messages() throws MetadataDirectoryException {
        RecordBatch batch = batches.batch();
        List<Message> messages = new ArrayList<>();
        try {
            for (BatchRecord record : RecordReader.readAll(batch, MAX_BATCH_BYTES)) {
                ByteBuffer key = record.key();
                ByteBuffer value = record.value();
                if (key == null || value == null) {
                    throw new MalformedMessageException("a record has no key or no value");
                }
                messages.add(ChangeCodec.message(key, value));
            }
        } catch (CorruptRecordException | MalformedMessageException e) {
            throw new MetadataDirectoryException(damage(batch.position(), String.valueOf(e.getMessage())), e);
        }
        return messages;
    }

    /** Whether a whole batch that begins at this version or later lies behind a position: then what is there was synced. */
    private boolean isBatchAfter(int position, long leastVersion) {
        for (int at = position + 1; at <= bytes.limit() - RecordBatch.HEADER_BYTES; at++) {
            RecordBatch candidate = RecordBatch.at(bytes, at);
            int lengthBytes = candidate.lengthBytes();
            if (candidate.magic() == RecordBatch.MAGIC
                    && lengthBytes >= RecordBatch.HEADER_BYTES - RecordBatch.LENGTH_PREFIX_BYTES
                    && lengthBytes <= bytes.limit() - at - RecordBatch.LENGTH_PREFIX_BYTES
                    && candidate.baseOffset() >= leastVersion
                    && candidate.isValid()) {
                return true;
            }
        }
        return false;
    }

    private MetadataDirectoryException damaged(int position, String reason) {
        return new MetadataDirectoryException(damage(position, reason));
    }

    private String damage(int position, String reason) {
        return path + " is damaged at position " + position + ": " + reason;
    }
}
