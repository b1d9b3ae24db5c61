package io.daybook.broker.partition;

/**
 * From where and how a reader reads a partition.
 *
 * @param offset the first record it wants
 * @param maxBytes how many bytes it takes from this partition
 * @param currentLeaderEpoch the epoch that it takes the leader for; {@link #NO_EPOCH} to skip the check
 * @param lastFetchedEpoch the epoch of the last record it has; {@link #NO_EPOCH} to skip the check
 */
public record FetchPosition(long offset, int maxBytes, int currentLeaderEpoch, int lastFetchedEpoch) {
    /** The reader does not know the epoch. */
    public static final int NO_EPOCH = -1;
}
