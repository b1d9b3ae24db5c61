package io.daybook.log;

/**
 * A record found by its time.
 *
 * @param timestampMs the record's timestamp, -1 for {@link #NONE}
 * @param offset the record's offset, -1 for {@link #NONE}
 * @param leaderEpoch the leader epoch it was written under, -1 if unknown
 */
public record TimestampOffset(long timestampMs, long offset, int leaderEpoch) {
    /** "No record is that young." */
    public static final TimestampOffset NONE = new TimestampOffset(-1, -1, -1);
}
