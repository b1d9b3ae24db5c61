package io.daybook.server.net;

import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Carriers;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops of one transport, as the shards see them. */
final class LoopCarriers implements Carriers {
    private static final Logger log = LoggerFactory.getLogger(LoopCarriers.class);
    private static final Cancellable NEVER = () -> {};

    private final List<EventLoop> loops;
    private final LoopThreads threads;

    /** Makes the threads of the loops, which know for whom they were made. */
    static final class LoopThreads implements ThreadFactory {
        private final String namePrefix;
        private final boolean isDaemon;
        private final AtomicInteger number = new AtomicInteger();

        LoopThreads(String namePrefix, boolean isDaemon) {
            this.namePrefix = namePrefix;
            this.isDaemon = isDaemon;
        }

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new LoopThread(this, task, namePrefix + number.getAndIncrement());
            thread.setDaemon(isDaemon);
            return thread;
        }
    }

    private static final class LoopThread extends FastThreadLocalThread {
        private final LoopThreads group;
        /** The thread itself looks it up with its first use. */
        private int carrier = NONE;

        LoopThread(LoopThreads group, Runnable task, String name) {
            super(task, name);
            this.group = group;
        }
    }

    /** The loops run on threads of this factory and of no other. */
    LoopCarriers(List<EventLoop> loops, LoopThreads threads) {
        this.loops = List.copyOf(loops);
        this.threads = threads;
    }

    @Override
    public int count() {
        return loops.size();
    }

    @Override
    public int current() {
        Thread current = Thread.currentThread();
        if (!(current instanceof LoopThread) || ((LoopThread) current).group != threads) {
            return NONE;
        }
        LoopThread thread = (LoopThread) current;
        if (thread.carrier == NONE) {
            thread.carrier = indexOf(thread);
        }
        return thread.carrier;
    }

    @Override
    public boolean execute(int carrier, Runnable turn) {
        try {
            loops.get(carrier).execute(turn);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public Cancellable schedule(int carrier, long delayMs, Runnable task) {
        try {
            Future<?> timer = loops.get(carrier).schedule(task, delayMs, TimeUnit.MILLISECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException e) {
            log.debug("timer dropped, the event loop has ended");
            return NEVER;
        }
    }

    private int indexOf(Thread thread) {
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).inEventLoop(thread)) {
                return i;
            }
        }
        return NONE;
    }
}
