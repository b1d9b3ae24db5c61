package io.daybook.benchmarks;

/**
 * How much is done. Each measurement comes after a warm-up of the same kind, a fifth of its size, so that the compiler of
 * neither broker's JVM dominates.
 *
 * @param produceBytes for each of the produce loads
 * @param fetchTopicBytes the topic that is read
 * @param fetchPasses how often it is read; one pass more comes before
 * @param singleRecords for the load of requests with one record
 * @param latencySeconds for each rate
 * @param readBackBytes up to here all that was produced is read back and checked, above it one partition is
 */
record Volume(
        long produceBytes,
        long fetchTopicBytes,
        int fetchPasses,
        int singleRecords,
        int latencySeconds,
        long readBackBytes) {
    static final Volume FULL = new Volume(2_000_000_000L, 1_000_000_000L, 3, 300_000, 12, 400_000_000L);
    static final Volume SHORT = new Volume(40_000_000L, 40_000_000L, 1, 5_000, 2, 400_000_000L);
    /** For the warm-up of the clients. */
    static final Volume WARM_UP = new Volume(150_000_000L, 100_000_000L, 1, 30_000, 3, 0);

    private static final int WARM_UP_DIVISOR = 5;

    /** The fifth that comes before. */
    static long warmUp(long amount) {
        return Math.max(1, amount / WARM_UP_DIVISOR);
    }
}
