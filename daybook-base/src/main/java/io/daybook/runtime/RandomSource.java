package io.daybook.runtime;

import io.daybook.base.Uuid;

/** Where chance comes from. The system's is safe for use by any thread; a seeded one belongs to one thread. */
public interface RandomSource {
    /** 64 random bits. */
    long nextLong();

    /** A number from 0 (inclusive) to {@code bound} (exclusive, at least 1). */
    int nextInt(int bound);

    /** A random version-4 identifier that Kafka does not reserve and whose text does not begin with a dash. */
    default Uuid nextUuid() {
        while (true) {
            long most = (nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
            long least = (nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
            Uuid uuid = new Uuid(most, least);
            if (!uuid.isReserved() && uuid.toString().charAt(0) != '-') {
                return uuid;
            }
        }
    }

    /** Unpredictable numbers, fit for identifiers that must not collide. */
    static RandomSource system() {
        return SystemRandomSource.INSTANCE;
    }

    /** The same numbers for the same seed. For one thread. */
    static RandomSource seeded(long seed) {
        return new SeededRandomSource(seed);
    }
}
