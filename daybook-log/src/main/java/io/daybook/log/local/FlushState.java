package io.daybook.log.local;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the flusher knows of a chain. Owned by the flusher. */
final class FlushState {
    private final List<LocalSegment> journaled = new ArrayList<>(1);
    private long journaledBytes;
    private @Nullable CommitRun putOff;
    private long durableOffset;
    private boolean isDirectoryPending;
    private boolean isPartitionPending;

    /** The segments with bytes that are durable in the journal only. */
    List<LocalSegment> journaled() {
        return journaled;
    }

    /** So many more bytes of a segment are durable in the journal only. */
    void addJournaled(LocalSegment segment, long bytes) {
        if (!journaled.contains(segment)) {
            journaled.add(segment);
        }
        journaledBytes += bytes;
    }

    /** How many bytes went to the journal since all segments were durable by themselves. */
    long journaledBytes() {
        return journaledBytes;
    }

    /** All segments are durable by themselves. */
    void segmentsSynced() {
        journaled.clear();
        journaledBytes = 0;
    }

    /** There was no space to make this run durable; with its references. */
    void putOff(CommitRun run) {
        putOff = run;
    }

    /** The run that waits for space, if there is one. */
    @Nullable
    CommitRun takePutOff() {
        CommitRun run = putOff;
        putOff = null;
        return run;
    }

    /** Below it everything is durable, in the segments or in the journal. */
    long durableOffset() {
        return durableOffset;
    }

    void advance(long endOffset) {
        durableOffset = Math.max(durableOffset, endOffset);
    }

    /** The directory has entries that are not durable by themselves; of a new partition neither is the directory. */
    void namesChanged(boolean isNew) {
        isDirectoryPending = true;
        isPartitionPending |= isNew;
    }

    /** Whether the directory must be synced before a segment is worth anything by itself. */
    boolean isDirectoryPending() {
        return isDirectoryPending;
    }

    /** Whether also the directory's own name and whose it is may not be durable. */
    boolean isPartitionPending() {
        return isPartitionPending;
    }

    void namesSynced() {
        isDirectoryPending = false;
        isPartitionPending = false;
    }
}
