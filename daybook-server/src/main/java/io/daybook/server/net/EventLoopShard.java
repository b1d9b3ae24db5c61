package io.daybook.server.net;

import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A shard that is an event loop: what arrives on its connections for its own partitions is not handed over. */
public final class EventLoopShard implements Shard {
    private static final Logger log = LoggerFactory.getLogger(EventLoopShard.class);
    private static final Cancellable NEVER = () -> {};

    private final EventLoop loop;
    private final int inboxTasks;
    private final AtomicInteger offeredTasks = new AtomicInteger();

    EventLoopShard(EventLoop loop, int inboxTasks) {
        this.loop = loop;
        this.inboxTasks = inboxTasks;
    }

    @Override
    public void checkOwner() {
        if (!loop.inEventLoop()) {
            throw new IllegalStateException(
                    "called by " + Thread.currentThread().getName() + ", which does not own it");
        }
    }

    @Override
    public boolean isOwner() {
        return loop.inEventLoop();
    }

    @Override
    public boolean offer(Runnable task) {
        if (offeredTasks.incrementAndGet() <= inboxTasks && enqueue(() -> runOffered(task))) {
            return true;
        }
        offeredTasks.decrementAndGet();
        return false;
    }

    @Override
    public void post(Runnable task) {
        if (!enqueue(() -> runSafely(task))) {
            log.debug("task dropped, the shard has stopped");
        }
    }

    @Override
    public Cancellable schedule(long delayMs, Runnable task) {
        try {
            Future<?> timer = loop.schedule(() -> runSafely(task), delayMs, TimeUnit.MILLISECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException e) {
            log.debug("timer dropped, the shard has stopped");
            return NEVER;
        }
    }

    private boolean enqueue(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void runOffered(Runnable task) {
        offeredTasks.decrementAndGet();
        runSafely(task);
    }

    private void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // an error too: the shard goes on with its next task, whatever became of this one
            log.atError().setCause(e).log("a task failed; what waits for it may wait until its time-out");
        }
    }
}
