package io.daybook.log.local;

import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.log.JournalConfig;
import io.daybook.log.LogDirectoryException;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts what an earlier life left in the journal where it belongs: {@link #scan} checks it and says what there is, {@link
 * #apply} writes what is not there yet, and makes the directories and files that a power loss took. Nothing is synced: it
 * stays in the journal until it is. An entry that does not check ends its file, unless entries of a later round follow:
 * then something that was durable is damaged, and that is an error.
 */
final class JournalReplay {
    private static final int MAX_OPEN_FILES = 256;

    private final Drive drive;
    private final Disk disk;
    private final Path root;
    private final List<FoundFile> found = new ArrayList<>();
    private final Map<String, Owner> owners = new HashMap<>();
    private final Map<Path, DiskFile> open = new LinkedHashMap<>();
    private final Map<String, Boolean> usable = new HashMap<>();
    private final ByteBuffer buffer = JournalWindow.newBuffer();
    private final ByteBuffer present = ByteBuffer.allocate(JournalConfig.MAX_ENTRY_BYTES);
    private long bytes;

    /**
     * A file of the journal.
     *
     * @param number in its name
     * @param generation 0 if it was never used
     * @param isEmpty whether it holds nothing
     * @param segments whose bytes it holds
     */
    record FoundFile(String name, int number, long generation, boolean isEmpty, Set<LeftSegment> segments) {}

    /** Whom the directories of a name belong to: the last topic that wrote, and from which entry on. */
    private static final class Owner {
        private Uuid topicId = Uuid.ZERO;
        private long firstEntry;
        private boolean hasEntries;
    }

    /** Gets an entry and its bytes, which are valid during the call. */
    @FunctionalInterface
    private interface EntryVisitor {
        void visit(JournalEntry entry, String directoryName, ByteBuffer data) throws IOException;
    }

    JournalReplay(Drive drive) {
        this.drive = drive;
        this.disk = drive.disk();
        this.root = drive.root();
    }

    /** The partitions that have bytes here. */
    List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        owners.forEach((name, owner) -> {
            if (owner.hasEntries) {
                FileNames.partition(name).ifPresent(partitions::add);
            }
        });
        return partitions;
    }

    /** How many bytes were not where they belong. */
    long bytes() {
        return bytes;
    }

    /** Checks all entries; the files by their age. */
    List<FoundFile> scan() throws IOException {
        for (String name : disk.list(root)) {
            if (name.startsWith(Journal.NAME)) {
                look(name);
            }
        }
        found.sort(Comparator.comparing(FoundFile::isEmpty)
                .reversed()
                .thenComparingLong(FoundFile::generation)
                .thenComparingInt(FoundFile::number));
        for (int i = 0; i < found.size(); i++) {
            FoundFile file = found.get(i);
            long[] entries = {(long) i << 32};
            walk(file, (entry, directoryName, data) -> {
                note(entry, directoryName, entries[0]++);
                if (!entry.isVoid()) {
                    file.segments.add(
                            new LeftSegment(directoryName, entry.place().segmentBase()));
                }
            });
        }
        return found;
    }

    private void look(String name) throws IOException {
        try (DiskFile file = disk.open(root.resolve(name), Disk.Mode.READ)) {
            ByteBuffer head = new JournalWindow(file, buffer).read(0, JournalEntry.HEADER_BYTES);
            boolean isUsed = JournalEntry.isAt(head, 0);
            if (isUsed) {
                // after a kill it may be whole only in memory, and what it holds counts as durable from here on
                file.sync();
            }
            long generation = isUsed ? JournalEntry.read(head, 0).generation() : JournalEntry.emptyGeneration(head);
            int number = Integer.parseInt(name.substring(Journal.NAME.length()));
            found.add(new FoundFile(name, number, generation, !isUsed, new LinkedHashSet<>()));
        } catch (NumberFormatException e) {
            throw new LogDirectoryException(root.resolve(name) + " is not a journal of this version", e);
        }
    }

    /** What is younger decides: a name is used again only when the topic that had it before is deleted. */
    private void note(JournalEntry entry, String directoryName, long number) {
        Owner owner = owners.computeIfAbsent(directoryName, name -> new Owner());
        if (entry.isVoid()) {
            if (owner.topicId.equals(entry.topicId())) {
                owner.hasEntries = false;
                owner.firstEntry = number + 1;
            }
        } else {
            if (!owner.topicId.equals(entry.topicId())) {
                owner.topicId = entry.topicId();
                owner.firstEntry = number;
            }
            owner.hasEntries = true;
        }
    }

    /** Writes what is missing. Blocks; on the background worker, before any chain is opened. */
    void apply() throws IOException {
        try {
            for (int i = 0; i < found.size(); i++) {
                long[] entries = {(long) i << 32};
                walk(found.get(i), (entry, directoryName, data) -> {
                    long number = entries[0]++;
                    Owner owner = owners.get(directoryName);
                    if (owner != null
                            && number >= owner.firstEntry
                            && !entry.isVoid()
                            && owner.topicId.equals(entry.topicId())) {
                        apply(entry, directoryName, data);
                    }
                });
            }
        } finally {
            closeFiles();
        }
        owners.clear();
        usable.clear();
    }

    private void closeFiles() throws IOException {
        for (DiskFile file : open.values()) {
            file.close();
        }
        open.clear();
    }

    private void walk(FoundFile found, EntryVisitor visitor) throws IOException {
        if (found.isEmpty) {
            return;
        }
        Path path = root.resolve(found.name);
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            JournalWindow window = new JournalWindow(file, buffer);
            long position = 0;
            @Nullable JournalEntry broken = null;
            for (ByteBuffer head = window.read(0, JournalEntry.HEADER_BYTES);
                    JournalEntry.isAt(head, 0);
                    head = window.read(position, JournalEntry.HEADER_BYTES)) {
                JournalEntry entry = JournalEntry.read(head, 0);
                if (entry.generation() != found.generation) {
                    return;
                }
                if (broken != null && entry.round() > broken.round()) {
                    throw new LogDirectoryException(path + ": a journal entry before position " + position
                            + " was durable and does not check; restore the directory from a copy, or delete the file"
                            + " to start with the loss of what it holds");
                }
                int bodyBytes = entry.nameBytes() + entry.dataBytes();
                ByteBuffer body = window.read(position + JournalEntry.HEADER_BYTES, bodyBytes);
                boolean whole = body.limit() == bodyBytes && JournalEntry.crc(body, 0, bodyBytes) == entry.bodyCrc();
                if (!whole) {
                    broken = broken == null ? entry : broken;
                } else if (broken == null) {
                    byte[] name = new byte[entry.nameBytes()];
                    body.get(0, name);
                    ByteBuffer data = body.slice(entry.nameBytes(), entry.dataBytes());
                    visitor.visit(entry, new String(name, StandardCharsets.UTF_8), data);
                }
                position = entry.next(position);
            }
        }
    }

    /** Puts the bytes of an entry where they belong. */
    private void apply(JournalEntry entry, String directoryName, ByteBuffer data) throws IOException {
        Boolean known = usable.get(directoryName);
        if (known == null) {
            known = prepare(directoryName, entry.topicId());
            usable.put(directoryName, known);
        }
        TopicPartition partition = FileNames.partition(directoryName).orElse(null);
        if (!known || partition == null) {
            return;
        }
        JournalEntry.Place place = entry.place();
        DiskFile file = open(new LeftSegment(directoryName, place.segmentBase()).path(root));
        int length = entry.dataBytes();
        file.read(present.clear().limit(length), place.position());
        if (!present.flip().equals(data)) {
            file.write(data, place.position());
            bytes += length;
        }
        if (place.endOffset() > 0) {
            drive.recoveryOffsets().merge(partition, place.endOffset(), Math::max);
        }
    }

    /** Whether the directory is, now at the latest, that of this topic. */
    private boolean prepare(String directoryName, Uuid topicId) throws IOException {
        Path directory = root.resolve(directoryName);
        Uuid present = PartitionMetadata.read(disk, directory).orElse(Uuid.ZERO);
        if (present.equals(Uuid.ZERO)) {
            disk.createDirectory(directory);
            PartitionMetadata.write(disk, directory, topicId);
            return true;
        }
        return present.equals(topicId);
    }

    private DiskFile open(Path path) throws IOException {
        DiskFile file = open.get(path);
        if (file == null) {
            if (open.size() >= MAX_OPEN_FILES) {
                closeFiles();
            }
            file = disk.open(path, Disk.Mode.READ_WRITE);
            open.put(path, file);
        }
        return file;
    }
}
