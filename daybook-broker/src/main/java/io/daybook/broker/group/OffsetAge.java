package io.daybook.broker.group;

/** From when on the retention of a committed offset counts. */
interface OffsetAge {
    /** The moment for offsets that must not expire as long as the group is in its state. */
    long NEVER = Long.MAX_VALUE;

    /** For groups in use, whose offsets do not expire. */
    OffsetAge IN_USE = offset -> NEVER;

    /** For offsets that nobody but their committer keeps alive. */
    OffsetAge SINCE_COMMIT = CommittedOffset::commitTimestampMs;

    /** Milliseconds since the epoch, or {@link #NEVER}. */
    long sinceMs(CommittedOffset offset);
}
