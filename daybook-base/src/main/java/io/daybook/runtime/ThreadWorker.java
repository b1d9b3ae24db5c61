package io.daybook.runtime;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker with a thread of its own, made for the first task. A task that throws is logged; the worker goes on. */
public final class ThreadWorker implements Worker {
    private static final Logger log = LoggerFactory.getLogger(ThreadWorker.class);

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean isStarted;
    private boolean isStopping;

    /** Without a thread yet. */
    public ThreadWorker(String name) {
        this.name = name;
    }

    /** After {@link #stop()} a task is dropped. */
    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (isStopping) {
                log.atDebug().addKeyValue("worker", name).log("a task came after the stop and is dropped");
                return;
            }
            tasks.add(task);
            changed.signal();
            if (!isStarted) {
                isStarted = true;
                Thread thread = new Thread(this::runUntilStopped, name);
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs what is outstanding and ends; completes on the worker's thread, or at once if there never was one. */
    public CompletableFuture<Void> stop() {
        lock.lock();
        try {
            isStopping = true;
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

    private void runUntilStopped() {
        Runnable task = take();
        while (task != null) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                log.atError().addKeyValue("worker", name).setCause(e).log("a task failed");
            }
            task = take();
        }
        ended.complete(null);
    }

    private @Nullable Runnable take() {
        lock.lock();
        try {
            while (tasks.isEmpty() && !isStopping) {
                changed.await();
            }
            return tasks.poll();
        } catch (InterruptedException e) {
            throw new IllegalStateException("worker " + name + " was interrupted; it is stopped by stop()", e);
        } finally {
            lock.unlock();
        }
    }
}
