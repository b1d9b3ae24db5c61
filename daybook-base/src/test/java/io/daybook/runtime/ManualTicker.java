package io.daybook.runtime;

import java.util.concurrent.atomic.AtomicLong;

/** Time that moves when a test says so. */
public final class ManualTicker implements Ticker {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong wallOffsetMs = new AtomicLong(1_700_000_000_000L);

    /** Both clocks go on. */
    public void advanceMs(long ms) {
        nanos.addAndGet(ms * 1_000_000);
    }

    /** The wall clock alone jumps. */
    public void jumpWallMs(long ms) {
        wallOffsetMs.addAndGet(ms);
    }

    @Override
    public long wallMs() {
        return wallOffsetMs.get() + nanos.get() / 1_000_000;
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }
}
