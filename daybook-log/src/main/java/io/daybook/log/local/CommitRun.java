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
     * This run with the bytes of a younger one behind it. It has the file of the younger one, which may hold bytes that the file
     * as it was opened before does not know; where the segment is the same, the caller releases the older one's.
     */
    CommitRun extendedTo(CommitRun next) {
        boolean changed = directoryChanged || next.directoryChanged;
        if (next.segment != segment) {
            return new CommitRun(
                    next.segment, next.file, next.fromPosition, next.toPosition, next.endOffset, changed, this);
        }
        return new CommitRun(segment, next.file, fromPosition, next.toPosition, next.endOffset, changed, previous);
    }

    /** Both, the younger one behind the older; takes over their references. */
    static @Nullable CommitRun join(@Nullable CommitRun older, @Nullable CommitRun younger) {
        if (older == null || younger == null) {
            return older == null ? younger : older;
        }
        if (younger.previous != null) {
            return new CommitRun(
                    younger.segment,
                    younger.file,
                    younger.fromPosition,
                    younger.toPosition,
                    younger.endOffset,
                    younger.directoryChanged || older.directoryChanged,
                    join(older, younger.previous));
        }
        if (younger.segment == older.segment) {
            older.file.release();
        }
        return older.extendedTo(younger);
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
