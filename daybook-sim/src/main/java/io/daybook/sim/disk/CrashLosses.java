package io.daybook.sim.disk;

import io.daybook.runtime.RandomSource;

/**
 * How a crash treats what was not synced.
 *
 * @param survivalPercent how likely an unsynced change survives
 * @param sectorsPerUnit what is written at once: 1 for 512 bytes, 8 for 4 KiB
 * @param stopsAtFirstLoss changes of a file survive up to a point and not beyond
 * @param rotPercent how likely a lost sector holds rubbish instead of what was there
 */
record CrashLosses(int survivalPercent, int sectorsPerUnit, boolean stopsAtFirstLoss, int rotPercent) {
    static CrashLosses random(RandomSource random) {
        int survival =
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> 100;
                    default -> 5 + random.nextInt(95);
                };
        return new CrashLosses(
                survival,
                random.nextInt(2) == 0 ? 1 : 8,
                random.nextInt(3) == 0,
                random.nextInt(4) == 0 ? random.nextInt(30) : 0);
    }

    boolean survives(RandomSource random) {
        return random.nextInt(100) < survivalPercent;
    }

    boolean rots(RandomSource random) {
        return rotPercent > 0 && random.nextInt(100) < rotPercent;
    }
}
