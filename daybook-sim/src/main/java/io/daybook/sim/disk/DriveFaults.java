package io.daybook.sim.disk;

/** What is wrong with one simulated drive. */
public final class DriveFaults {
    private long capacityBytes = Long.MAX_VALUE;
    private int syncsUntilFailure = Integer.MAX_VALUE;
    private int slowSyncPercent;
    private boolean hasFailed;

    /** Nothing is wrong. */
    public DriveFaults() {}

    /** It takes so many bytes. */
    public void setCapacityBytes(long bytes) {
        capacityBytes = bytes;
    }

    /** So many syncs succeed, the next one fails. */
    public void failAfterSyncs(int syncs) {
        syncsUntilFailure = syncs;
    }

    /** So many of a hundred syncs take seconds. */
    public void setSlowSyncPercent(int percent) {
        slowSyncPercent = percent;
    }

    /** Whether a sync has failed since the last power-up. */
    public boolean hasFailed() {
        return hasFailed;
    }

    /** The drive is exchanged or the machine restarted: syncs work again. */
    public void repair() {
        hasFailed = false;
        syncsUntilFailure = Integer.MAX_VALUE;
    }

    long capacityBytes() {
        return capacityBytes;
    }

    int slowSyncPercent() {
        return slowSyncPercent;
    }

    /** Counts a sync; whether it is the one that fails. Later ones lie: they succeed. */
    boolean failsNow() {
        if (syncsUntilFailure == Integer.MAX_VALUE) {
            return false;
        }
        if (syncsUntilFailure-- > 0) {
            return false;
        }
        syncsUntilFailure = Integer.MAX_VALUE;
        hasFailed = true;
        return true;
    }
}
