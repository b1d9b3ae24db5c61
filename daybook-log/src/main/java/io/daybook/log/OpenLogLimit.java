package io.daybook.log;

import java.util.concurrent.atomic.AtomicInteger;

/** How many logs may hold open files: the system allows a process only so many. Safe for use by any thread. */
final class OpenLogLimit {
    private final int max;
    private final AtomicInteger awake = new AtomicInteger();

    OpenLogLimit(int max) {
        this.max = max;
    }

    void wakes() {
        awake.incrementAndGet();
    }

    void rests() {
        awake.decrementAndGet();
    }

    boolean isExceeded() {
        return awake.get() > max;
    }
}
