package io.daybook.cli.output;

import java.io.PrintStream;

/**
 * One line on a terminal's standard error that is written over as long work goes on, at most ten times a second. Silent
 * where standard error is not a terminal. For one thread.
 */
public final class Progress implements AutoCloseable {
    private static final long INTERVAL_NANOS = 100_000_000;

    private final PrintStream err;
    private final boolean visible;
    private long lastNanos = System.nanoTime() - INTERVAL_NANOS;
    private boolean shown;

    /** Shows progress on {@code err} if {@code visible}. */
    public Progress(PrintStream err, boolean visible) {
        this.err = err;
        this.visible = visible;
    }

    /** Shows these words instead of the last ones, if it is time. */
    public void show(String words) {
        long nowNanos = System.nanoTime();
        if (visible && nowNanos - lastNanos >= INTERVAL_NANOS) {
            lastNanos = nowNanos;
            shown = true;
            err.print("\r\u001b[K" + words);
            err.flush();
        }
    }

    /** Clears the line. */
    @Override
    public void close() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
