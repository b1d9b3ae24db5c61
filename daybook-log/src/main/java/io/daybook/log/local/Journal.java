package io.daybook.log.local;

import io.daybook.base.TopicIdPartition;
import io.daybook.base.Uuid;
import io.daybook.log.JournalConfig;
import io.daybook.runtime.BlockBuffers;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the flusher puts short runs of many partitions, so that one sync makes all of them durable: their bytes, and the
 * names of the files that they are in. Files take turns: while one is filled, the segments whose bytes lie in the oldest
 * are synced a few at a time. What is here outlives a stop: the next start puts it into the segments again, and goes on
 * to sync them. Owned by the flusher.
 */
final class Journal {
    static final String NAME = "daybook-journal-";

    /** So many full entries are collected before they are written. */
    private static final int ENTRIES_PER_WRITE = 8;
    /** A directory's name is not longer on any file system, whatever an entry can hold. */
    private static final int DIRECTORY_NAME_BYTES = 256;
    /** So many segments are synced per round to clear the oldest file. */
    private static final int RETIRED_PER_ROUND = 4;
    /** When all of so many are needed, the oldest is cleared before anything else is written. */
    private static final int MAX_FILES = 6;
    /** A clean stop syncs so many segments, and leaves more than that to the next start. */
    private static final int MAX_RETIRED_AT_STOP = 64;

    private final Drive drive;
    private final Disk disk;
    private final JournalConfig config;
    /** By generation. An entry that takes back others is in the same or in a later file, so they are cleared in order. */
    private final Deque<JournalFile> files = new ArrayDeque<>();

    private @Nullable JournalFile current;
    private int nextNumber;
    private long lastGeneration;
    private long round;
    private int nameBytes;
    private @Nullable ByteBuffer buffer;
    /** What this round wrote last; it is in the buffer at {@link #lastHead}. */
    private @Nullable JournalEntry last;

    private int lastHead;

    Journal(Drive drive, JournalConfig config) {
        this.drive = drive;
        this.disk = drive.disk();
        this.config = config;
    }

    /** Looks at what an earlier life left. Nothing is written here until that was {@link JournalReplay#apply applied}. */
    JournalReplay scan() throws IOException {
        JournalReplay replay = new JournalReplay(drive);
        for (JournalReplay.FoundFile found : replay.scan()) {
            JournalFile file = new JournalFile(disk, drive.root(), found.name(), config.fileBytes());
            file.foundGeneration(found.generation());
            file.leftSegments().addAll(found.segments());
            found.segments().forEach(segment -> file.mentioned().add(segment.directoryName()));
            files.addLast(file);
            lastGeneration = Math.max(lastGeneration, found.generation());
            nextNumber = Math.max(nextNumber, found.number() + 1);
        }
        return replay;
    }

    /** Makes room for entries of so many bytes. */
    void beginRound(long sizeBytes) throws IOException {
        round++;
        JournalFile file = current;
        if (file == null || !file.hasRoomFor(BlockBuffers.roundUp(sizeBytes))) {
            file = next();
            current = file;
        }
        file.beginRound();
    }

    /** The oldest file if nobody needs it, else a new one, else the oldest after all. */
    private JournalFile next() throws IOException {
        JournalFile oldest = files.peekFirst();
        boolean isOldestFree = oldest != null && oldest != current && oldest.isClear();
        JournalFile next;
        if (oldest == null || (!isOldestFree && files.size() < MAX_FILES)) {
            next = new JournalFile(disk, drive.root(), NAME + nextNumber++, config.fileBytes());
        } else {
            while (!oldest.isClear()) {
                retire(oldest, Integer.MAX_VALUE);
            }
            // until its new begin is durable a replay would find the old one, perhaps without what takes it back
            oldest.invalidate();
            files.remove(oldest);
            next = oldest;
        }
        next.startGeneration(++lastGeneration);
        files.addLast(next);
        return next;
    }

    /** Gives up this round, whose writes failed for want of space: nothing of it is here. */
    void abandonRound() throws IOException {
        JournalFile file = current;
        buffer().clear();
        last = null;
        if (file != null) {
            try {
                file.rollBack();
            } catch (DiskFullException e) {
                // not even there; what the round left ends this file
                current = null;
            }
        }
    }

    /** An upper bound for the room that a run takes, and those before it, before it is rounded up to blocks. */
    long roomFor(CommitRun run) {
        long room = 0;
        for (CommitRun part = run; part != null; part = part.previous) {
            long length = part.toPosition - part.fromPosition;
            long entries = length / config.entryBytes() + 1;
            room += length + entries * (JournalEntry.HEADER_BYTES + DIRECTORY_NAME_BYTES);
        }
        return room;
    }

    /** Copies one run (without those before it) behind what is there; durable after {@link #endRound}. */
    void write(LocalChain chain, CommitRun run) throws IOException {
        ByteBuffer target = buffer();
        byte[] name = chain.directoryName().getBytes(StandardCharsets.UTF_8);
        file().mentioned().add(chain.directoryName());
        long position = run.fromPosition;
        while (position < run.toPosition) {
            int length = (int) Math.min(config.entryBytes(), run.toPosition - position);
            int head = begin(target, name, length);
            ByteBuffer data = target.slice(target.position(), length);
            if (run.file.read(data, position) != length) {
                throw new IOException(run.segment.path() + " ends before position " + (position + length));
            }
            target.position(target.position() + length);
            long endOffset = position + length == run.toPosition ? run.endOffset : 0;
            finish(
                    target,
                    head,
                    chain.id().topicId(),
                    new JournalEntry.Place(run.segment.baseOffset(), (int) position, endOffset));
            position += length;
        }
        file().chains().add(chain);
    }

    /** Leaves room for a head, and writes the name behind it. */
    private int begin(ByteBuffer target, byte[] name, int dataBytes) throws IOException {
        if (target.remaining() < JournalEntry.HEADER_BYTES + name.length + dataBytes) {
            drainWholeBlocks(target);
        }
        int head = target.position();
        target.position(head + JournalEntry.HEADER_BYTES).put(name);
        nameBytes = name.length;
        return head;
    }

    private void finish(ByteBuffer target, int head, Uuid topicId, JournalEntry.Place place) {
        int body = head + JournalEntry.HEADER_BYTES;
        int bodyBytes = target.position() - body;
        int bodyCrc = JournalEntry.crc(target, body, bodyBytes);
        JournalEntry entry = new JournalEntry(
                file().generation(), round, topicId, place, false, nameBytes, bodyBytes - nameBytes, bodyCrc);
        entry.writeTo(target, head);
        last = entry;
        lastHead = head;
    }

    /** Makes durable what was written in this round, up to the end of a block. */
    void endRound() throws IOException {
        if (last != null) {
            ByteBuffer target = buffer();
            last.asLastOfRound().writeTo(target, lastHead);
            last = null;
            int padding = (int) (BlockBuffers.roundUp(target.position()) - target.position());
            target.put(BlockBuffers.zeros().limit(padding));
            file().appendLast(target.flip());
            target.clear();
        }
    }

    /** Some work towards a clear oldest file, between rounds. */
    void retireSome() throws IOException {
        for (JournalFile file : files) {
            if (file == current) {
                return;
            }
            if (!file.isClear()) {
                retire(file, RETIRED_PER_ROUND);
                return;
            }
        }
    }

    /** Some room for the next rounds, when nobody waits for one. */
    void growSome() throws IOException {
        if (current != null) {
            try {
                current.growSome();
            } catch (DiskFullException e) {
                // a round that needs the room finds out by itself
                return;
            }
        }
    }

    /** Whether so few chains need what lies here. */
    boolean holdsAtMost(int chains) {
        for (JournalFile file : files) {
            if (file.chains().size() > chains) {
                return false;
            }
        }
        return true;
    }

    /** Syncs the chain's segments where they are. */
    void settle(LocalChain chain) throws IOException {
        if (drive.syncJournaled(chain)) {
            disk.syncDirectory(drive.root());
        }
        forget(chain);
    }

    /** The chain's segments are durable by themselves; nothing of it is needed here. */
    void forget(LocalChain chain) {
        files.forEach(file -> file.chains().remove(chain));
    }

    /** The chain is about to end; what lies here of it stays until its segments are synced. */
    void leave(LocalChain chain) {
        for (JournalFile file : files) {
            if (file.chains().remove(chain)) {
                for (LocalSegment segment : chain.flushState().journaled()) {
                    file.leftSegments().add(new LeftSegment(chain.directoryName(), segment.baseOffset()));
                }
            }
        }
    }

    /**
     * No entry of this partition written so far is replayed any more, not even one that nobody needs since its segment was
     * synced. Durable when it returns.
     */
    void takeBack(TopicIdPartition id) throws IOException {
        String name = id.topicPartition().toString();
        @Nullable JournalFile last = null;
        for (JournalFile file : files) {
            file.chains().removeIf(chain -> chain.id().equals(id));
            file.leftSegments().removeIf(segment -> segment.directoryName().equals(name));
            last = file.mentioned().contains(name) ? file : last;
        }
        if (last == null) {
            return;
        }
        byte[] nameInBytes = name.getBytes(StandardCharsets.UTF_8);
        try {
            beginRound(JournalEntry.HEADER_BYTES + nameInBytes.length);
            ByteBuffer target = buffer();
            finish(target, begin(target, nameInBytes, 0), id.topicId(), JournalEntry.Place.NOWHERE);
            endRound();
        } catch (DiskFullException e) {
            abandonRound();
            emptyUpTo(last);
        }
        files.forEach(file -> file.mentioned().remove(name));
    }

    /** Needs no space: all that the files up to this one hold is synced where it belongs, and they are marked empty. */
    private void emptyUpTo(JournalFile last) throws IOException {
        for (JournalFile file : List.copyOf(files)) {
            while (!file.isClear()) {
                retire(file, Integer.MAX_VALUE);
            }
            file.invalidate();
            // an empty file begins under a new generation
            current = file == current ? null : current;
            if (file == last) {
                return;
            }
        }
    }

    /** What lies here of this chain's partition is synced where it belongs, with its names, and never replayed again. */
    void empty(LocalChain chain) throws IOException {
        settle(chain);
        syncLeft(chain.directoryName());
        takeBack(chain.id());
    }

    /** Syncs the segments without a chain in this directory whose bytes lie here. */
    private void syncLeft(String directoryName) throws IOException {
        List<LeftSegment> left = new ArrayList<>();
        for (JournalFile file : files) {
            for (LeftSegment segment : file.leftSegments()) {
                if (segment.directoryName().equals(directoryName) && !left.contains(segment)) {
                    left.add(segment);
                }
            }
        }
        syncLeft(left);
    }

    private void syncLeft(List<LeftSegment> left) throws IOException {
        boolean anyNew = false;
        for (LeftSegment segment : left) {
            anyNew |= drive.syncLeft(segment);
        }
        if (anyNew) {
            disk.syncDirectory(drive.root());
        }
        files.forEach(file -> left.forEach(file.leftSegments()::remove));
    }

    /** At a clean stop: empties the journal if that is little work. */
    void checkpoint() throws IOException {
        int segments = 0;
        for (JournalFile file : files) {
            segments += file.chains().size() + file.leftSegments().size();
        }
        if (segments > MAX_RETIRED_AT_STOP) {
            return;
        }
        for (JournalFile file : files) {
            while (!file.isClear()) {
                retire(file, Integer.MAX_VALUE);
            }
        }
        while (!files.isEmpty()) {
            JournalFile file = files.removeFirst();
            file.invalidate();
            if (files.size() > 1) {
                file.delete();
            }
            file.close();
        }
        current = null;
    }

    void close() throws IOException {
        for (JournalFile file : files) {
            file.close();
        }
    }

    private void retire(JournalFile file, int atMost) throws IOException {
        List<LocalChain> chains = file.chains().stream().limit(atMost).toList();
        boolean anyNew = false;
        for (LocalChain chain : chains) {
            anyNew |= drive.syncJournaled(chain);
        }
        if (anyNew) {
            disk.syncDirectory(drive.root());
        }
        chains.forEach(this::forget);
        syncLeft(file.leftSegments().stream().limit(atMost - chains.size()).toList());
    }

    /** What is behind the last whole block stays, at the begin of the buffer. */
    private void drainWholeBlocks(ByteBuffer target) throws IOException {
        int end = target.position();
        int whole = end & -Disk.BLOCK_BYTES;
        file().append(target.slice(0, whole));
        target.limit(end).position(whole).compact();
    }

    private JournalFile file() {
        JournalFile file = current;
        if (file == null) {
            throw new IllegalStateException("no round has begun");
        }
        return file;
    }

    private ByteBuffer buffer() {
        ByteBuffer existing = buffer;
        if (existing == null) {
            existing = BlockBuffers.allocate(Disk.BLOCK_BYTES
                    + ENTRIES_PER_WRITE * (JournalEntry.HEADER_BYTES + DIRECTORY_NAME_BYTES + config.entryBytes()));
            buffer = existing;
        }
        return existing;
    }
}
