package io.daybook.log.local;

import io.daybook.base.Uuid;
import io.daybook.log.LogDirectoryException;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the entries of a journal where they belong, after a crash. An entry that does not check ends the journal, unless
 * entries of a later round follow: then something that was durable is damaged, and that is an error.
 */
final class JournalReplay {
    private static final int MAX_OPEN_FILES = 256;

    private final Disk disk;
    private final Path root;
    private final Map<Path, DiskFile> files = new LinkedHashMap<>();
    private final Map<String, Uuid> topicIds = new HashMap<>();
    private final Set<String> partitions = new HashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(JournalEntry.MAX_NAME_BYTES + JournalEntry.MAX_DATA_BYTES);
    private boolean foundEntries;
    private long bytes;

    JournalReplay(Disk disk, Path root) {
        this.disk = disk;
        this.root = root;
    }

    /** Whether there was anything, used or not. */
    boolean foundEntries() {
        return foundEntries;
    }

    /** The directories of the partitions that got bytes. */
    Set<String> partitions() {
        return partitions;
    }

    long bytes() {
        return bytes;
    }

    /** Replays both halves in the order of their generations; returns the larger generation. */
    long run(Path one, Path other) throws IOException {
        long first = generation(one);
        long second = generation(other);
        try {
            replay(first <= second ? one : other, Math.min(first, second));
            replay(first <= second ? other : one, Math.max(first, second));
            syncFiles();
        } finally {
            closeFiles();
        }
        return Math.max(first, second);
    }

    private void syncFiles() throws IOException {
        for (DiskFile file : files.values()) {
            file.sync();
        }
    }

    private void closeFiles() throws IOException {
        for (DiskFile file : files.values()) {
            file.close();
        }
        files.clear();
    }

    /** The generation of a half, 0 if it holds nothing. */
    private long generation(Path half) throws IOException {
        if (!disk.exists(half)) {
            return 0;
        }
        try (DiskFile file = disk.open(half, Disk.Mode.READ)) {
            return readHead(file, 0) ? JournalEntry.read(buffer, 0).generation() : 0;
        }
    }

    private boolean readHead(DiskFile file, long position) throws IOException {
        file.read(buffer.clear().limit(JournalEntry.HEADER_BYTES), position);
        return JournalEntry.isAt(buffer.flip(), 0);
    }

    private void replay(Path half, long generation) throws IOException {
        if (generation == 0) {
            return;
        }
        foundEntries = true;
        try (DiskFile file = disk.open(half, Disk.Mode.READ)) {
            long position = 0;
            @Nullable JournalEntry broken = null;
            while (readHead(file, position)) {
                JournalEntry entry = JournalEntry.read(buffer, 0);
                if (entry.generation() != generation) {
                    return;
                }
                if (broken != null && entry.round() > broken.round()) {
                    throw new LogDirectoryException(half + ": a journal entry before position " + position
                            + " was durable and does not check; restore the directory from a copy, or delete the file"
                            + " to start with the loss of what it holds");
                }
                int bodyBytes = entry.nameBytes() + entry.dataBytes();
                file.read(buffer.clear().limit(bodyBytes), position + JournalEntry.HEADER_BYTES);
                boolean whole =
                        buffer.flip().limit() == bodyBytes && JournalEntry.crc(buffer, 0, bodyBytes) == entry.bodyCrc();
                if (!whole) {
                    broken = broken == null ? entry : broken;
                } else if (broken == null) {
                    apply(entry);
                }
                position += entry.sizeBytes();
            }
        }
    }

    /** Puts the bytes of an entry, whose body is in the buffer, where they belong. */
    private void apply(JournalEntry entry) throws IOException {
        byte[] name = new byte[entry.nameBytes()];
        buffer.get(0, name);
        String partition = new String(name, StandardCharsets.UTF_8);
        Path path = root.resolve(partition).resolve(FileNames.of(entry.segmentBase(), FileNames.LOG));
        DiskFile file = files.get(path);
        if (file == null) {
            if (!topicId(partition).equals(entry.topicId()) || !disk.exists(path)) {
                return;
            }
            if (files.size() >= MAX_OPEN_FILES) {
                syncFiles();
                closeFiles();
            }
            file = disk.open(path, Disk.Mode.READ_WRITE);
            files.put(path, file);
            partitions.add(partition);
        }
        file.write(buffer.slice(entry.nameBytes(), entry.dataBytes()), entry.position());
        bytes += entry.dataBytes();
    }

    /** The topic that the directory belongs to now; entries of a deleted topic of the same name are not for it. */
    private Uuid topicId(String partition) throws IOException {
        Uuid known = topicIds.get(partition);
        if (known == null) {
            known = PartitionMetadata.read(disk, root.resolve(partition)).orElse(Uuid.ZERO);
            topicIds.put(partition, known);
        }
        return known;
    }
}
