package io.daybook.log.local;

import io.daybook.runtime.BlockBuffers;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the files of a journal. It is filled from its begin under a generation of its own, and filled again under
 * another one once all that it holds is durable in the segments. Its space is taken ahead in zeros, so that a sync of
 * entries needs no change of the file's length. Written in whole blocks: a round begins where nothing durable lies. Owned
 * by the flusher.
 */
final class JournalFile {
    private static final int GROWTH_BYTES = 256 << 10;
    /** So much is ahead of the next round when there was time for it. */
    private static final int AHEAD_BYTES = 1 << 20;

    private final Disk disk;
    private final Path root;
    private final Path path;
    private final long capacityBytes;
    private final Set<LocalChain> chains = new LinkedHashSet<>();
    private final Set<LeftSegment> leftSegments = new LinkedHashSet<>();
    private @Nullable DiskFile file;
    private long allocatedBytes;
    private long position;
    private final Set<String> mentioned = new HashSet<>();
    private long roundStart;
    private long roundEnd;
    private long generation;

    JournalFile(Disk disk, Path root, String name, long capacityBytes) {
        this.disk = disk;
        this.root = root;
        this.path = root.resolve(name);
        this.capacityBytes = capacityBytes;
    }

    Path path() {
        return path;
    }

    /** The chains with bytes that are durable only here. */
    Set<LocalChain> chains() {
        return chains;
    }

    /** The segments of chains that were closed, or of the time before the start, with bytes that are durable only here. */
    Set<LeftSegment> leftSegments() {
        return leftSegments;
    }

    /** The directories that entries here are of, needed or not: a replay finds them until the file is filled anew. */
    Set<String> mentioned() {
        return mentioned;
    }

    /** Whether nobody needs what is here. */
    boolean isClear() {
        return chains.isEmpty() && leftSegments.isEmpty();
    }

    long generation() {
        return generation;
    }

    /** What was found at the start. */
    void foundGeneration(long found) {
        generation = found;
    }

    boolean hasRoomFor(long sizeBytes) {
        return position + sizeBytes <= capacityBytes;
    }

    /** From now on filled from the begin. Only when it {@link #isClear}. */
    void startGeneration(long next) {
        generation = next;
        position = 0;
        mentioned.clear();
    }

    /** What is appended from here on can be taken back by {@link #rollBack}. */
    void beginRound() {
        roundStart = position;
        roundEnd = position;
    }

    /**
     * Takes back what this round appended. Its entries must not stay: the next rounds go over them, and if one is torn, a
     * head of theirs before entries of the torn round would look like a durable one that does not check.
     */
    void rollBack() throws IOException {
        position = roundStart;
        if (roundEnd > roundStart) {
            DiskFile target = open();
            fillWithZeros(target, roundStart, roundEnd);
            target.sync();
        }
    }

    /** Writes entries in whole blocks; durable after {@link #appendLast}. */
    void append(ByteBuffer blocks) throws IOException {
        int length = blocks.remaining();
        targetFor(length).write(blocks, position);
        position += length;
    }

    /** Writes what the round ends with, and makes all of it durable: it is not taken back any more. */
    void appendLast(ByteBuffer blocks) throws IOException {
        if (position == roundStart) {
            int length = blocks.remaining();
            targetFor(length).writeSynced(blocks, position);
            position += length;
        } else {
            append(blocks);
            open().sync();
        }
        beginRound();
    }

    private DiskFile targetFor(int length) throws IOException {
        DiskFile target = open();
        reserve(target, position + length);
        roundEnd = position + length;
        return target;
    }

    /** Some growth ahead of the next rounds, so that they need not wait for it. Between rounds. */
    void growSome() throws IOException {
        if (file != null && allocatedBytes < Math.min(position + AHEAD_BYTES, capacityBytes)) {
            fillWithZeros(file, allocatedBytes, Math.min(allocatedBytes + AHEAD_BYTES / 2, capacityBytes));
        }
    }

    /** Makes sure that a replay finds nothing here. */
    void invalidate() throws IOException {
        if (file == null && !disk.exists(path)) {
            return;
        }
        DiskFile target = open();
        if (target.sizeBytes() > 0) {
            // all else in the block stays: of a torn write, a whole head before damaged bytes would look like a damaged
            // entry
            ByteBuffer block = BlockBuffers.allocate(Disk.BLOCK_BYTES);
            try (DiskFile source = disk.open(path, Disk.Mode.READ)) {
                source.read(block, 0);
            }
            JournalEntry.writeEmpty(block, generation);
            target.write(block.clear(), 0);
            target.sync();
        }
        position = 0;
        mentioned.clear();
    }

    void close() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    /** Only when it {@link #isClear} and was invalidated. */
    void delete() throws IOException {
        close();
        if (disk.exists(path)) {
            disk.delete(path);
        }
        allocatedBytes = 0;
    }

    private DiskFile open() throws IOException {
        DiskFile opened = file;
        if (opened == null) {
            boolean fresh = !disk.exists(path);
            opened = disk.open(path, Disk.Mode.WRITE_BLOCKS);
            file = opened;
            // whole blocks, unless a crash or an earlier version left it
            allocatedBytes = opened.sizeBytes() & -Disk.BLOCK_BYTES;
            if (fresh) {
                disk.syncDirectory(root);
            }
        }
        return opened;
    }

    private void reserve(DiskFile target, long neededBytes) throws IOException {
        if (allocatedBytes >= neededBytes) {
            return;
        }
        fillWithZeros(
                target, allocatedBytes, Math.max(neededBytes, Math.min(allocatedBytes + GROWTH_BYTES, capacityBytes)));
    }

    private void fillWithZeros(DiskFile target, long from, long end) throws IOException {
        ByteBuffer zeros = BlockBuffers.zeros();
        long filled = from;
        while (filled < end) {
            int length = (int) Math.min(zeros.capacity(), end - filled);
            target.write(zeros.clear().limit(length), filled);
            filled += length;
            allocatedBytes = Math.max(allocatedBytes, filled);
        }
    }
}
