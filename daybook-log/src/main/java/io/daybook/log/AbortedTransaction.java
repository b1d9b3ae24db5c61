package io.daybook.log;

/**
 * A transaction whose records a {@code read_committed} consumer must skip.
 *
 * @param producerId who wrote it
 * @param firstOffset its first record
 * @param lastOffset its abort marker, inclusive
 * @param lastStableOffset the last stable offset when it was aborted
 */
public record AbortedTransaction(long producerId, long firstOffset, long lastOffset, long lastStableOffset) {}
