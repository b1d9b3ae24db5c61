package io.daybook.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** What happened, the last of it as text, all of it as a number that tells two runs apart. */
public final class Trace {
    private final int keptLines;
    private final Deque<String> lines = new ArrayDeque<>();
    private long hash = 1;
    private long count;

    /** Keeps so many of the last lines. */
    public Trace(int keptLines) {
        this.keptLines = keptLines;
    }

    /** Something happened; the text is only made if it is kept. */
    public void add(long nowNanos, long code, Supplier<String> text) {
        count++;
        hash = (hash ^ code ^ nowNanos) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
        if (keptLines > 0) {
            if (lines.size() == keptLines) {
                lines.removeFirst();
            }
            lines.addLast(nowNanos / 1000 + "us " + text.get());
        }
    }

    /** The last lines. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The same for two runs that went the same way. */
    public long hash() {
        return hash;
    }

    /** How many things happened. */
    public long count() {
        return count;
    }
}
