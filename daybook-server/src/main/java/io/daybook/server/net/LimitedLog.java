package io.daybook.server.net;

import io.daybook.runtime.Ticker;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets through a few log lines in a period, for events whose pace strangers decide, and counts the others. Safe for use
 * by any thread.
 */
final class LimitedLog {
    private static final int LINES_PER_SECOND = 20;

    private final Ticker ticker;
    private final int linesPerPeriod;
    private final long periodMs;
    private final AtomicLong period = new AtomicLong();
    private final AtomicInteger lines = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();

    /** Some lines a second. */
    LimitedLog(Ticker ticker) {
        this(ticker, LINES_PER_SECOND, 1_000);
    }

    LimitedLog(Ticker ticker, int linesPerPeriod, long periodMs) {
        this.ticker = ticker;
        this.linesPerPeriod = linesPerPeriod;
        this.periodMs = periodMs;
    }

    /** Whether this line may be written now. */
    boolean permits() {
        long now = ticker.monotonicMs() / periodMs;
        long current = period.get();
        if (now != current && period.compareAndSet(current, now)) {
            lines.set(0);
        }
        if (lines.incrementAndGet() <= linesPerPeriod) {
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
