package io.daybook.benchmarks;

import io.daybook.benchmarks.Options.Group;
import java.util.Set;

/**
 * How much is done. Each measurement comes after a warm-up of the same kind, a fifth of its size, so that the compiler of
 * neither broker's JVM dominates.
 *
 * @param produceBytes for each of the produce loads
 * @param fetchTopicBytes the topic that is read
 * @param fetchPasses how often it is read; one pass more comes before
 * @param singleRecords for the load of requests with one record
 * @param latencySeconds for each rate
 * @param topics of 100 partitions each
 * @param syncedSeconds for the load where Kafka syncs each batch
 * @param readBackBytes up to here all that was produced is read back and checked, above it one partition is
 * @param limitBytes for each of the machine's own limits
 * @param idleMs the pause before memory is read
 */
record Volume(
        long produceBytes,
        long fetchTopicBytes,
        int fetchPasses,
        int singleRecords,
        int latencySeconds,
        int topics,
        int syncedSeconds,
        long readBackBytes,
        long limitBytes,
        long idleMs) {
    static final Volume FULL =
            new Volume(1_500_000_000L, 1_000_000_000L, 3, 300_000, 20, 100, 10, 400_000_000L, 1L << 30, 3_000);
    static final Volume SHORT = new Volume(10_000_000L, 10_000_000L, 1, 1_000, 1, 1, 1, 400_000_000L, 1L << 26, 100);
    /** For the warm-up of the clients. */
    static final Volume WARM_UP = new Volume(100_000_000L, 50_000_000L, 1, 20_000, 1, 1, 1, 0, 1L << 26, 100);

    private static final long ALLOWANCE_BYTES = 100_000_000L;
    private static final int WARM_UP_DIVISOR = 5;

    /** About what one broker writes to the drive at most, warm-ups included: the limits have one of their own. */
    long writtenBytes(Set<Group> groups) {
        long bytes = 0;
        if (groups.contains(Group.PRODUCE)) {
            bytes += 7 * produceBytes + ALLOWANCE_BYTES;
        }
        if (groups.contains(Group.FETCH)) {
            bytes += fetchTopicBytes + ALLOWANCE_BYTES;
        }
        if (groups.contains(Group.SINGLES)) {
            bytes += 2L * singleRecords * Payload.BYTES + 4 * ALLOWANCE_BYTES;
        }
        if (groups.contains(Group.LATENCY)) {
            bytes += 8 * ALLOWANCE_BYTES;
        }
        long limitsBytes = groups.contains(Group.LIMITS) ? 2 * produceBytes + 3 * limitBytes : 0;
        return Math.max(bytes, limitsBytes);
    }

    /** The fifth that comes before. */
    static long warmUp(long amount) {
        return Math.max(1, amount / WARM_UP_DIVISOR);
    }
}
