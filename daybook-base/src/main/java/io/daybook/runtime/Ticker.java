package io.daybook.runtime;

/** Where time comes from. Safe for use by any thread. */
public interface Ticker {
    /** Milliseconds since the epoch; may jump in both directions. For timestamps that people or other machines see. */
    long wallMs();

    /** Nanoseconds from an arbitrary origin; never goes back. For time-outs and durations. */
    long nanoTime();

    /** {@link #nanoTime()} in whole milliseconds. */
    default long monotonicMs() {
        return nanoTime() / 1_000_000;
    }

    /** The machine's clocks. */
    static Ticker system() {
        return SystemTicker.INSTANCE;
    }
}
