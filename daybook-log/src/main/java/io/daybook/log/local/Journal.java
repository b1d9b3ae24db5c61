package io.daybook.log.local;

import io.daybook.runtime.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Where the flusher puts short runs of many partitions, so that one sync makes all of them durable. Two halves take turns:
 * while one is filled, the segments whose bytes lie in the other are synced a few at a time. Owned by the flusher.
 */
final class Journal {
    private static final int BUFFER_BYTES = 512 << 10;
    /** So many partitions' files are synced per round to empty the half that is full. */
    private static final int RETIRED_PER_ROUND = 4;

    private final Drive drive;
    private final JournalHalf[] halves;
    private int current;
    private long lastGeneration;
    private long round;
    private boolean written;
    private @Nullable ByteBuffer buffer;

    Journal(Drive drive, Disk disk, Path root) {
        this.drive = drive;
        this.halves = new JournalHalf[] {
            new JournalHalf(disk, root, "daybook-journal-0"), new JournalHalf(disk, root, "daybook-journal-1")
        };
    }

    /** Puts what a crash left here into the segments; afterwards the journal is empty. */
    JournalReplay replay(Disk disk, Path root) throws IOException {
        JournalReplay replay = new JournalReplay(disk, root);
        lastGeneration = replay.run(halves[0].path(), halves[1].path());
        if (replay.foundEntries()) {
            halves[0].invalidate();
            halves[1].invalidate();
        }
        return replay;
    }

    /** Makes room for entries of so many bytes, if need be by emptying the other half. */
    void beginRound(long sizeBytes) throws IOException {
        round++;
        JournalHalf half = halves[current];
        if (half.isEmpty()) {
            half.startGeneration(++lastGeneration);
        } else if (!half.hasRoomFor(sizeBytes)) {
            JournalHalf other = halves[1 - current];
            while (!other.chains().isEmpty()) {
                retire(other, Integer.MAX_VALUE);
            }
            current = 1 - current;
            other.startGeneration(++lastGeneration);
        }
        halves[current].beginRound();
    }

    /** Gives up this round, whose writes failed for want of space: nothing of it is here. */
    void abandonRound() {
        halves[current].rollBack();
        buffer().clear();
        written = false;
    }

    /** An upper bound for the room that a run takes. */
    static long roomFor(CommitRun run, int nameBytes) {
        long size = run.sizeBytes();
        return size
                + (size / JournalEntry.MAX_DATA_BYTES + 2) * (JournalEntry.HEADER_BYTES + JournalEntry.MAX_NAME_BYTES)
                + nameBytes;
    }

    /** Copies one run (without those before it) behind what is there; durable after {@link #endRound}. */
    void write(LocalChain chain, CommitRun run) throws IOException {
        ByteBuffer target = buffer();
        byte[] name = chain.directoryName().getBytes(StandardCharsets.UTF_8);
        long position = run.fromPosition;
        while (position < run.toPosition) {
            int length = (int) Math.min(JournalEntry.MAX_DATA_BYTES, run.toPosition - position);
            if (target.remaining() < JournalEntry.HEADER_BYTES + name.length + length) {
                drain(target);
            }
            int head = target.position();
            int body = head + JournalEntry.HEADER_BYTES;
            target.position(body).put(name);
            ByteBuffer data = target.slice(target.position(), length);
            if (run.file.file().read(data, position) != length) {
                throw new IOException(run.segment.path() + " ends before position " + (position + length));
            }
            target.position(target.position() + length);
            int bodyCrc = JournalEntry.crc(target, body, name.length + length);
            new JournalEntry(
                            halves[current].generation(),
                            round,
                            chain.id().topicId(),
                            run.segment.baseOffset(),
                            (int) position,
                            name.length,
                            length,
                            bodyCrc)
                    .writeTo(target, head);
            position += length;
        }
        written = true;
        halves[current].chains().add(chain);
    }

    /** Makes durable what was written in this round. */
    void endRound() throws IOException {
        if (written) {
            drain(buffer());
            halves[current].sync();
            written = false;
        }
    }

    /** Some work towards an empty other half, between rounds. */
    void retireSome() throws IOException {
        retire(halves[1 - current], RETIRED_PER_ROUND);
    }

    /** The chain's segments are durable by themselves; nothing of it is needed here. */
    void forget(LocalChain chain) {
        halves[0].chains().remove(chain);
        halves[1].chains().remove(chain);
    }

    /** Syncs all segments that lie here, and empties the journal so that a replay finds nothing. */
    void checkpoint() throws IOException {
        retire(halves[0], Integer.MAX_VALUE);
        retire(halves[1], Integer.MAX_VALUE);
        halves[0].invalidate();
        halves[1].invalidate();
    }

    void close() throws IOException {
        halves[0].close();
        halves[1].close();
    }

    private void retire(JournalHalf half, int atMost) throws IOException {
        for (int i = 0; i < atMost && !half.chains().isEmpty(); i++) {
            Iterator<LocalChain> first = half.chains().iterator();
            LocalChain chain = first.next();
            drive.syncJournaled(chain);
            forget(chain);
        }
    }

    private void drain(ByteBuffer target) throws IOException {
        halves[current].append(target.flip());
        target.clear();
    }

    private ByteBuffer buffer() {
        ByteBuffer existing = buffer;
        if (existing == null) {
            existing = ByteBuffer.allocateDirect(BUFFER_BYTES);
            buffer = existing;
        }
        return existing;
    }
}
