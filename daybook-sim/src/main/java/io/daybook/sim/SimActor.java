package io.daybook.sim;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A place in the schedule: tasks that run one after the other, in their order, and timers. */
final class SimActor {
    /** A task that is due at a time; those of one time in the order of their making. */
    static final class Timer implements Comparable<Timer> {
        private final long dueNanos;
        private final long number;
        private final Runnable task;

        Timer(long dueNanos, long number, Runnable task) {
            this.dueNanos = dueNanos;
            this.number = number;
            this.task = task;
        }

        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final String name;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private long timerCount;

    SimActor(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    int pendingCount() {
        return tasks.size();
    }

    void add(Runnable task) {
        tasks.add(task);
    }

    Timer schedule(long dueNanos, Runnable task) {
        Timer timer = new Timer(dueNanos, timerCount++, task);
        timers.add(timer);
        return timer;
    }

    void cancel(Timer timer) {
        timers.remove(timer);
    }

    boolean isRunnable(long nowNanos) {
        return !tasks.isEmpty() || (!timers.isEmpty() && timers.peek().dueNanos <= nowNanos);
    }

    /** When the next timer is due, or {@link Long#MAX_VALUE}. */
    long nextTimerNanos() {
        Timer timer = timers.peek();
        return timer == null ? Long.MAX_VALUE : timer.dueNanos;
    }

    @Nullable
    Runnable take(long nowNanos) {
        Timer timer = timers.peek();
        if (timer != null && timer.dueNanos <= nowNanos) {
            timers.remove();
            return timer.task;
        }
        return tasks.poll();
    }
}
