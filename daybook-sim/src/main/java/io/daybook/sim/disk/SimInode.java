package io.daybook.sim.disk;

import io.daybook.runtime.RandomSource;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.TreeMap;

/**
 * A file or directory: what programs see of it, and what is on the platter. For a file the difference is known by the
 * sector.
 */
final class SimInode {
    static final int SECTOR_BYTES = 512;
    private static final long NOT_TRUNCATED = Long.MAX_VALUE;

    final boolean isDirectory;
    final TreeMap<String, SimInode> entries = new TreeMap<>();
    final TreeMap<String, SimInode> durableEntries = new TreeMap<>();

    private byte[] content = new byte[0];
    private int size;
    private byte[] durable = new byte[0];
    private int durableSize;
    private BitSet dirty = new BitSet();
    private final BitSet beingSynced = new BitSet();
    private long truncatedTo = NOT_TRUNCATED;

    /** What a sync makes durable when it ends: the state at its begin. */
    static final class Sync {
        private final byte[] content;
        private final int size;
        private final BitSet sectors;
        private final long truncatedTo;

        private Sync(byte[] content, int size, BitSet sectors, long truncatedTo) {
            this.content = content;
            this.size = size;
            this.sectors = sectors;
            this.truncatedTo = truncatedTo;
        }
    }

    SimInode(boolean isDirectory) {
        this.isDirectory = isDirectory;
    }

    int size() {
        return size;
    }

    void write(ByteBuffer source, int count, long position) {
        int from = Math.toIntExact(position);
        int end = from + count;
        if (end > content.length) {
            content = Arrays.copyOf(content, Math.max(end, 2 * content.length));
        }
        source.get(content, from, count);
        size = Math.max(size, end);
        markDirty(from, end);
    }

    int read(ByteBuffer target, long position) {
        int count = (int) Math.max(0, Math.min(target.remaining(), size - position));
        if (count > 0) {
            target.put(content, (int) position, count);
        }
        return count;
    }

    ByteBuffer view(long position, long count) {
        int viewed = (int) Math.max(0, Math.min(count, size - position));
        return viewed == 0
                ? ByteBuffer.allocate(0)
                : ByteBuffer.wrap(content, (int) position, viewed).slice();
    }

    void truncate(long newSize) {
        if (newSize >= size) {
            return;
        }
        Arrays.fill(content, (int) newSize, size, (byte) 0);
        markDirty((int) newSize, size);
        size = (int) newSize;
        truncatedTo = Math.min(truncatedTo, newSize);
    }

    Sync beginSync() {
        Sync sync = new Sync(Arrays.copyOf(content, size), size, dirty, truncatedTo);
        beingSynced.or(dirty);
        dirty = new BitSet();
        return sync;
    }

    void endSync(Sync sync) {
        beingSynced.andNot(sync.sectors);
        if (sync.truncatedTo < durableSize) {
            cutDurable((int) sync.truncatedTo);
        }
        for (int i = sync.sectors.nextSetBit(0); i >= 0; i = sync.sectors.nextSetBit(i + 1)) {
            copySector(i, sync.content, sync.size);
        }
        durableSize = sync.size;
        growDurable(durableSize);
        truncatedTo = truncatedTo == sync.truncatedTo ? NOT_TRUNCATED : truncatedTo;
    }

    /** Some pages are written, some not, and the kernel calls all of them clean. */
    void failSync(Sync sync, RandomSource random) {
        beingSynced.andNot(sync.sectors);
        boolean isAnyWritten = random.nextInt(2) == 0;
        if (sync.truncatedTo < durableSize && isAnyWritten) {
            cutDurable((int) sync.truncatedTo);
        }
        truncatedTo = NOT_TRUNCATED;
        for (int i = sync.sectors.nextSetBit(0); i >= 0 && isAnyWritten; i = sync.sectors.nextSetBit(i + 1)) {
            if (random.nextInt(2) == 0) {
                copySector(i, sync.content, sync.size);
                durableSize = Math.min(sync.size, Math.max(durableSize, (i + 1) * SECTOR_BYTES));
            }
        }
        growDurable(durableSize);
    }

    /** What is found after a crash that kept unsynced changes as the losses say. */
    void crash(CrashLosses losses, RandomSource random) {
        dirty.or(beingSynced);
        beingSynced.clear();
        if (!dirty.isEmpty() && losses.survives(random)) {
            if (truncatedTo < durableSize) {
                cutDurable((int) truncatedTo);
            }
            int sectors = losses.sectorsPerUnit();
            int lastKept = -1;
            for (int i = dirty.nextSetBit(0); i >= 0; i = dirty.nextSetBit(i + 1)) {
                int unit = i / sectors;
                boolean isKept = unit == lastKept || losses.survives(random);
                if (isKept) {
                    lastKept = unit;
                    copySector(i, content, size);
                    durableSize = Math.min(size, Math.max(durableSize, (i + 1) * SECTOR_BYTES));
                } else if (losses.rots(random)) {
                    rot(i, random);
                } else if (losses.stopsAtFirstLoss()) {
                    break;
                }
            }
            if (size > durableSize && losses.survives(random)) {
                durableSize = losses.stopsAtFirstLoss() ? durableSize : size;
            } else if (size < durableSize && truncatedTo < durableSize) {
                durableSize = size;
            }
            growDurable(durableSize);
        }
        revertToDurable();
    }

    /** Nothing is lost but the process: what was written stays in the page cache, and stays unsynced. */
    void survive() {
        dirty.or(beingSynced);
        beingSynced.clear();
    }

    private void revertToDurable() {
        content = Arrays.copyOf(durable, durableSize);
        size = durableSize;
        dirty = new BitSet();
        truncatedTo = NOT_TRUNCATED;
    }

    /** Bytes that never were durable hold rubbish. What was durable stays: the write of a sector is all or nothing. */
    private void rot(int sector, RandomSource random) {
        int from = Math.max(durableSize, sector * SECTOR_BYTES);
        int end = Math.min(size, from + SECTOR_BYTES);
        if (from >= end) {
            return;
        }
        growDurable(end);
        for (int i = from; i < end; i += 8) {
            durable[i] = (byte) random.nextInt(256);
        }
        durableSize = Math.max(durableSize, end);
    }

    private void copySector(int sector, byte[] source, int sourceSize) {
        int from = sector * SECTOR_BYTES;
        int end = Math.min(sourceSize, from + SECTOR_BYTES);
        if (from < end) {
            growDurable(end);
            System.arraycopy(source, from, durable, from, end - from);
        }
    }

    private void cutDurable(int newSize) {
        Arrays.fill(durable, newSize, durable.length, (byte) 0);
        durableSize = newSize;
    }

    private void growDurable(int needed) {
        if (needed > durable.length) {
            durable = Arrays.copyOf(durable, Math.max(needed, 2 * durable.length));
        }
    }

    private void markDirty(int from, int end) {
        dirty.set(from / SECTOR_BYTES, (end + SECTOR_BYTES - 1) / SECTOR_BYTES);
    }
}
