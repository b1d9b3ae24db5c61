package io.daybook.log;

/**
 * Where a leader epoch ends.
 *
 * @param leaderEpoch the largest epoch known that is not above the one asked for, -1 for {@link #UNKNOWN}
 * @param endOffset the first offset that does not belong to it, exclusive; -1 for {@link #UNKNOWN}
 */
public record EpochEndOffset(int leaderEpoch, long endOffset) {
    /** "The log knows no epoch so old, or none so young." */
    public static final EpochEndOffset UNKNOWN = new EpochEndOffset(-1, -1);
}
