package io.daybook.runtime;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker with a thread of its own, made for the first task. A task that throws is logged; the worker goes on. */
public final class ThreadWorker implements Worker {
    private static final Logger log = LoggerFactory.getLogger(ThreadWorker.class);

    /** Its inbox has no bound: the submitters bound what they hand over. */
    private final ThreadShard thread;

    /** Without a running thread yet. */
    public ThreadWorker(String name) {
        this.thread = new ThreadShard(name, Integer.MAX_VALUE, Ticker.system());
    }

    /** After {@link #stop()} a task is dropped. */
    @Override
    public void execute(Runnable task) {
        if (!thread.offer(task)) {
            log.atDebug().addKeyValue("worker", thread).log("a task came after the stop and is dropped");
        }
    }

    /** Runs what is outstanding and ends; completes on the worker's thread, or at once if it never had a task. */
    public CompletableFuture<Void> stop() {
        return thread.stop();
    }

    @Override
    public String toString() {
        return thread.toString();
    }
}
