package io.daybook.log.local;

import java.util.Arrays;

/**
 * Which blocks of a segment were lately found in memory, or brought there. A block is taken to stay until as many bytes as
 * the drive keeps hot have come after it, or some time is over, since others use the memory too; then somebody looks again.
 * Owned by the segment's shard.
 */
final class ResidentBlocks {
    /** A power of two. */
    static final int BLOCK_BYTES = 1 << 20;

    private static final long FORGET_MS = 30_000;
    private static final int MAX_AHEAD_BLOCKS = 8;

    private final Drive drive;
    /** How many bytes may have gone into memory until a block is no longer taken to be there; 0 if it never was. */
    private long[] staysUntil = new long[MAX_AHEAD_BLOCKS];

    private long sinceMs;

    ResidentBlocks(Drive drive) {
        this.drive = drive;
        this.sinceMs = drive.ticker().monotonicMs();
    }

    static long beginOf(long position) {
        return position & -BLOCK_BYTES;
    }

    static long endOf(long position) {
        return (position + BLOCK_BYTES - 1) & -BLOCK_BYTES;
    }

    /** Whether all of this is taken to be in memory. */
    boolean contain(long from, long to) {
        return firstUnknown(from, to) >= to;
    }

    /** From where on it is not known; {@code to} if all of it is. */
    long firstUnknown(long from, long to) {
        if (isForgotten()) {
            return from;
        }
        long cachedBytes = drive.cachedBytes().get();
        for (long position = from; position < to; position = beginOf(position) + BLOCK_BYTES) {
            if (!has(position, cachedBytes)) {
                return position;
            }
        }
        return to;
    }

    /** How far is read ahead: as far as was read on without a gap, within bounds. */
    long aheadBytes(long position) {
        int blocks = 1;
        if (!isForgotten()) {
            long cachedBytes = drive.cachedBytes().get();
            long before = position - 1;
            while (blocks < MAX_AHEAD_BLOCKS && before >= 0 && has(before, cachedBytes)) {
                blocks++;
                before -= BLOCK_BYTES;
            }
        }
        return (long) blocks * BLOCK_BYTES;
    }

    /** These are in memory now; both ends where blocks meet, or the end of the file. */
    void add(long from, long to) {
        if (isForgotten()) {
            Arrays.fill(staysUntil, 0);
            sinceMs = drive.ticker().monotonicMs();
        }
        int end = block(endOf(to));
        if (end > staysUntil.length) {
            staysUntil = Arrays.copyOf(staysUntil, Math.max(end, 2 * staysUntil.length));
        }
        Arrays.fill(staysUntil, block(from), end, drive.cachedBytes().get() + drive.hotBytes());
    }

    private boolean has(long position, long cachedBytes) {
        int block = block(position);
        return block < staysUntil.length && cachedBytes < staysUntil[block];
    }

    private boolean isForgotten() {
        return drive.ticker().monotonicMs() - sinceMs >= FORGET_MS;
    }

    private static int block(long position) {
        return (int) (position / BLOCK_BYTES);
    }
}
