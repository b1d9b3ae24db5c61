package io.daybook.runtime;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shard with a thread of its own, made for the first task, which sleeps while nothing is due. A task that throws is
 * logged; the shard goes on.
 */
public final class ThreadShard implements Shard {
    private static final Logger log = LoggerFactory.getLogger(ThreadShard.class);

    /** A task with the bound it counts against. */
    private record Inbound(Runnable task, boolean isOffered) {}

    private final String name;
    private final int inboxCapacity;
    private final Ticker ticker;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Inbound> inbox = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private int offeredCount;
    private long timerCount;
    private boolean isStarted;
    private boolean isStopping;

    /** Accepts up to {@code inboxCapacity} offers that have not run; without a running thread yet. */
    public ThreadShard(String name, int inboxCapacity, Ticker ticker) {
        this.name = name;
        this.inboxCapacity = inboxCapacity;
        this.ticker = ticker;
        this.thread = new Thread(this::runUntilStopped, name);
        thread.setDaemon(true);
    }

    @Override
    public void checkOwner() {
        if (!isOwner()) {
            throw new IllegalStateException(
                    "thread " + Thread.currentThread().getName() + " is not the owner, which is " + name);
        }
    }

    @Override
    public boolean isOwner() {
        return Thread.currentThread() == thread;
    }

    @Override
    public boolean offer(Runnable task) {
        lock.lock();
        try {
            if (isStopping || offeredCount >= inboxCapacity) {
                return false;
            }
            offeredCount++;
            inbox.add(new Inbound(task, true));
            wake();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void post(Runnable task) {
        lock.lock();
        try {
            if (!ended.isDone()) {
                inbox.add(new Inbound(task, false));
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Cancellable schedule(long delayMs, Runnable task) {
        lock.lock();
        try {
            long dueNanos = ticker.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.max(0, delayMs));
            Timer timer = new Timer(this, dueNanos, timerCount++, task);
            if (!isStopping) {
                timers.add(timer);
                wake();
            }
            return timer;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more offers, drops the timers, runs what is in the inbox; completes on the shard's thread at its end, or at
     * once if it never had anything to do.
     */
    public CompletableFuture<Void> stop() {
        lock.lock();
        try {
            isStopping = true;
            timers.clear();
            changed.signal();
            if (!isStarted) {
                ended.complete(null);
            }
        } finally {
            lock.unlock();
        }
        return ended;
    }

    @Override
    public String toString() {
        return name;
    }

    /** With the lock held: there is something new to do. */
    private void wake() {
        if (!isStarted) {
            isStarted = true;
            thread.start();
        }
        changed.signal();
    }

    private void runUntilStopped() {
        Runnable task = take();
        while (task != null) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                log.atError().addKeyValue("thread", name).setCause(e).log("a task failed");
            }
            task = take();
        }
        ended.complete(null);
    }

    /** The next thing to do, or null once the shard has ended. Timers that are due go first, or they would never run. */
    private @Nullable Runnable take() {
        lock.lock();
        try {
            while (true) {
                Timer timer = timers.peek();
                long waitNanos = timer == null ? Long.MAX_VALUE : timer.dueNanos - ticker.nanoTime();
                if (timer != null && waitNanos <= 0) {
                    timers.remove();
                    return timer.task;
                }
                Inbound next = inbox.poll();
                if (next != null) {
                    offeredCount -= next.isOffered() ? 1 : 0;
                    return next.task();
                }
                if (isStopping) {
                    return null;
                }
                await(waitNanos);
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(long waitNanos) {
        try {
            if (waitNanos == Long.MAX_VALUE) {
                changed.await();
            } else {
                changed.awaitNanos(waitNanos);
            }
        } catch (InterruptedException e) {
            log.atWarn().addKeyValue("thread", name).log("an interrupt was ignored: a thread is ended by stop()");
        }
    }

    private void cancel(Timer timer) {
        lock.lock();
        try {
            timers.remove(timer);
        } finally {
            lock.unlock();
        }
    }

    /** Timers of one time run in the order of their making. */
    private record Timer(ThreadShard shard, long dueNanos, long number, Runnable task)
            implements Cancellable, Comparable<Timer> {
        @Override
        public void cancel() {
            shard.cancel(this);
        }

        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(dueNanos - other.dueNanos, 0);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }
}
