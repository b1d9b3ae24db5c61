package io.daybook.log.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one segment that wait to be made durable, and those of the segments before it. Immutable; holds a reference of
 * its open file.
 */
final class CommitRun {
    final LocalSegment segment;
    final SegmentFile file;
    final long fromPosition;
    final long toPosition;
    final long endOffset;
    /** Whether the directory has entries that are not durable yet. */
    final boolean directoryChanged;
    /** Of an earlier segment, if bytes of it wait too. */
    final @Nullable CommitRun previous;

    CommitRun(
            LocalSegment segment,
            SegmentFile file,
            long fromPosition,
            long toPosition,
            long endOffset,
            boolean directoryChanged,
            @Nullable CommitRun previous) {
        this.segment = segment;
        this.file = file;
        this.fromPosition = fromPosition;
        this.toPosition = toPosition;
        this.endOffset = endOffset;
        this.directoryChanged = directoryChanged;
        this.previous = previous;
    }

    /**
     * The bytes of both, the younger ones behind the older. Where they are of the same segment, the run has the file of the
     * younger, which may hold bytes that the file as it was opened before does not know. Leaves all references as they are: {@link
     * #replacedBy} follows.
     */
    static @Nullable CommitRun join(@Nullable CommitRun older, @Nullable CommitRun younger) {
        if (older == null || younger == null) {
            return older == null ? younger : older;
        }
        boolean goesOn = younger.previous == null && younger.segment == older.segment;
        return new CommitRun(
                younger.segment,
                younger.file,
                goesOn ? older.fromPosition : younger.fromPosition,
                younger.toPosition,
                younger.endOffset,
                younger.directoryChanged || older.directoryChanged,
                goesOn ? older.previous : join(older, younger.previous));
    }

    /** Releases the file that a {@link #join} with a younger run has no use for. */
    void replacedBy(CommitRun younger) {
        CommitRun first = younger;
        while (first.previous != null) {
            first = first.previous;
        }
        if (first.segment == segment) {
            file.release();
        }
    }

    long sizeBytes() {
        return toPosition - fromPosition + (previous == null ? 0 : previous.sizeBytes());
    }

    /** This run behind those before it. */
    Iterable<CommitRun> fromTheFirst() {
        Deque<CommitRun> runs = new ArrayDeque<>(2);
        for (CommitRun run = this; run != null; run = run.previous) {
            runs.addFirst(run);
        }
        return runs;
    }

    /** Releases the files of this run and of those before it. */
    void release() {
        for (CommitRun run = this; run != null; run = run.previous) {
            run.file.release();
        }
    }
}
