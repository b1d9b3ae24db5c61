package io.daybook.broker.group;

import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A shard on the test's own thread, with a clock that only moves when it is told to. */
final class ManualShard implements Shard, Ticker {
    private static final class Timer {
        final long atMs;
        final long sequence;
        final Runnable task;
        boolean cancelled;

        Timer(long atMs, long sequence, Runnable task) {
            this.atMs = atMs;
            this.sequence = sequence;
            this.task = task;
        }
    }

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(
            Comparator.<Timer>comparingLong(timer -> timer.atMs).thenComparingLong(timer -> timer.sequence));
    private long nowMs;
    private long sequence;
    private boolean running;

    ManualShard(long startMs) {
        this.nowMs = startMs;
    }

    @Override
    public void checkOwner() {
        if (!running) {
            throw new IllegalStateException("not on the shard");
        }
    }

    @Override
    public boolean isOwner() {
        return running;
    }

    @Override
    public boolean offer(Runnable task) {
        post(task);
        return true;
    }

    @Override
    public void post(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Cancellable schedule(long delayMs, Runnable task) {
        Timer timer = new Timer(nowMs + delayMs, sequence++, task);
        timers.add(timer);
        return () -> timer.cancelled = true;
    }

    /** Runs what was posted, and what that posts. */
    void drain() {
        running = true;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        running = false;
    }

    /** Lets time pass, and timers fire at their time. */
    void advance(long forMs) {
        long untilMs = nowMs + forMs;
        drain();
        while (!timers.isEmpty() && timers.peek().atMs <= untilMs) {
            Timer timer = timers.remove();
            nowMs = Math.max(nowMs, timer.atMs);
            if (!timer.cancelled) {
                post(timer.task);
                drain();
            }
        }
        nowMs = untilMs;
    }

    /** The process dies: nothing that was planned happens. */
    void forgetEverything() {
        tasks.clear();
        timers.clear();
    }

    @Override
    public long wallMs() {
        return nowMs;
    }

    @Override
    public long nanoTime() {
        return nowMs * 1_000_000;
    }
}
