package io.daybook.runtime;

import java.security.SecureRandom;

/** Chance from the operating system. The generator is made on first use, since it costs time at start-up. */
enum SystemRandomSource implements RandomSource {
    INSTANCE;

    private static final class Holder {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    @Override
    public long nextLong() {
        return Holder.RANDOM.nextLong();
    }

    @Override
    public int nextInt(int bound) {
        return Holder.RANDOM.nextInt(bound);
    }
}
