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
    private final Disk disk;
    private final Path root;
    private final Map<Path, DiskFile> files = new LinkedHashMap<>();
    private final Map<String, Uuid> topicIds = new HashMap<>();
    private final Set<String> partitions = new HashSet<>();
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
        ByteBuffer first = readIfUsed(one);
        ByteBuffer second = readIfUsed(other);
        long firstGeneration = generation(first);
        long secondGeneration = generation(second);
        try {
            if (firstGeneration <= secondGeneration) {
                replay(one, first);
                replay(other, second);
            } else {
                replay(other, second);
                replay(one, first);
            }
            for (DiskFile file : files.values()) {
                file.sync();
            }
        } finally {
            for (DiskFile file : files.values()) {
                file.close();
            }
        }
        return Math.max(firstGeneration, secondGeneration);
    }

    private ByteBuffer readIfUsed(Path half) throws IOException {
        if (!disk.exists(half)) {
            return ByteBuffer.allocate(0);
        }
        try (DiskFile file = disk.open(half, Disk.Mode.READ)) {
            ByteBuffer head = ByteBuffer.allocate(JournalEntry.HEADER_BYTES);
            file.read(head, 0);
            if (!JournalEntry.isAt(head.flip(), 0)) {
                return ByteBuffer.allocate(0);
            }
            ByteBuffer content = ByteBuffer.allocate((int) Math.min(file.sizeBytes(), Integer.MAX_VALUE - 64));
            file.read(content, 0);
            return content.flip();
        }
    }

    private static long generation(ByteBuffer half) {
        return JournalEntry.isAt(half, 0) ? JournalEntry.read(half, 0).generation() : 0;
    }

    private void replay(Path half, ByteBuffer content) throws IOException {
        if (!JournalEntry.isAt(content, 0)) {
            return;
        }
        foundEntries = true;
        long generation = generation(content);
        int at = 0;
        @Nullable JournalEntry broken = null;
        while (JournalEntry.isAt(content, at)) {
            JournalEntry entry = JournalEntry.read(content, at);
            if (entry.generation() != generation) {
                return;
            }
            if (broken != null && entry.round() > broken.round()) {
                throw new LogDirectoryException(half + ": the journal entry before position " + at
                        + " was durable and does not check; restore the directory from a copy, or delete the file to"
                        + " start with the loss of what it holds");
            }
            boolean whole = content.limit() - at >= entry.sizeBytes()
                    && JournalEntry.crc(content, at + JournalEntry.HEADER_BYTES, entry.nameBytes() + entry.dataBytes())
                            == entry.bodyCrc();
            if (!whole) {
                broken = broken == null ? entry : broken;
            } else if (broken == null) {
                apply(entry, content, at);
            }
            at += entry.sizeBytes();
        }
    }

    private void apply(JournalEntry entry, ByteBuffer content, int at) throws IOException {
        byte[] name = new byte[entry.nameBytes()];
        content.get(at + JournalEntry.HEADER_BYTES, name);
        String partition = new String(name, StandardCharsets.UTF_8);
        Path path = root.resolve(partition).resolve(FileNames.of(entry.segmentBase(), FileNames.LOG));
        DiskFile file = files.get(path);
        if (file == null) {
            if (!topicId(partition).equals(entry.topicId()) || !disk.exists(path)) {
                return;
            }
            file = disk.open(path, Disk.Mode.READ_WRITE);
            files.put(path, file);
            partitions.add(partition);
        }
        file.write(
                content.slice(at + JournalEntry.HEADER_BYTES + entry.nameBytes(), entry.dataBytes()), entry.position());
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
