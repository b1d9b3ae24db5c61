package io.daybook.runtime;

/** The machine's clocks. */
enum SystemTicker implements Ticker {
    INSTANCE;

    @Override
    public long wallMs() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }
}
