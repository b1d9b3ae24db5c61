package io.daybook.runtime;

import java.util.SplittableRandom;

/** Chance from a seed. For one thread. */
final class SeededRandomSource implements RandomSource {
    private final SplittableRandom random;

    SeededRandomSource(long seed) {
        this.random = new SplittableRandom(seed);
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }
}
