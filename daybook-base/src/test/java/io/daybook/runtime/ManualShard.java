package io.daybook.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/**
 * A shard that runs its tasks when a test says so, on the test's thread, which counts as the owner. Its timers follow a
 * {@link ManualTicker}.
 */
public final class ManualShard implements Shard {
    private record Timer(long dueNanos, Runnable task) {}

    private final ManualTicker ticker;
    private final Queue<Runnable> inbox = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private boolean isFull;

    public ManualShard(ManualTicker ticker) {
        this.ticker = ticker;
    }

    public ManualShard() {
        this(new ManualTicker());
    }

    public ManualTicker ticker() {
        return ticker;
    }

    /** From now on offers are refused, or not. */
    public void setFull(boolean full) {
        isFull = full;
    }

    public int pendingCount() {
        return inbox.size();
    }

    /** Runs tasks and due timers until nothing is left. */
    public void runAll() {
        while (runNext()) {
            // until nothing is left
        }
    }

    /** Lets time pass and runs what is due. */
    public void advanceMs(long ms) {
        ticker.advanceMs(ms);
        runAll();
    }

    private boolean runNext() {
        Runnable next = inbox.poll();
        if (next == null) {
            Timer due = timers.stream()
                    .filter(each -> each.dueNanos() <= ticker.nanoTime())
                    .min(Comparator.comparingLong(Timer::dueNanos))
                    .orElse(null);
            if (due == null) {
                return false;
            }
            timers.remove(due);
            next = due.task();
        }
        next.run();
        return true;
    }

    @Override
    public void checkOwner() {}

    @Override
    public boolean isOwner() {
        return true;
    }

    @Override
    public boolean offer(Runnable task) {
        return !isFull && inbox.add(task);
    }

    @Override
    public void post(Runnable task) {
        inbox.add(task);
    }

    @Override
    public Cancellable schedule(long delayMs, Runnable task) {
        Timer timer = new Timer(ticker.nanoTime() + delayMs * 1_000_000, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }
}
