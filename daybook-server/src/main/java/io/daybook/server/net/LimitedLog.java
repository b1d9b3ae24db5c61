package io.daybook.server.net;

import io.daybook.runtime.Ticker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets through a few log lines a second, for events whose pace strangers decide, and counts the others. Safe for use by
 * any thread.
 */
final class LimitedLog {
    private static final int LINES_PER_SECOND = 20;

    private final Ticker ticker;
    private final AtomicLong second = new AtomicLong();
    private final AtomicInteger lines = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    LimitedLog(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Whether this line may be written now. */
    boolean permits() {
        long now = ticker.monotonicMs() / 1000;
        long current = second.get();
        if (now != current && second.compareAndSet(current, now)) {
            lines.set(0);
        }
        if (lines.incrementAndGet() <= LINES_PER_SECOND) {
            return true;
        }
        dropped.incrementAndGet();
        return false;
    }

    /** How many lines were dropped since the last call. */
    long takeDropped() {
        return dropped.getAndSet(0);
    }
}
