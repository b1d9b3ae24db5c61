package io.daybook.benchmarks.micro;

import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Carriers;
import io.daybook.runtime.ThreadShard;

/** One thread that lends itself to shards, in place of the event loops of the server. */
final class OneCarrier implements Carriers {
    private final ThreadShard thread;

    OneCarrier(ThreadShard thread) {
        this.thread = thread;
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public int current() {
        return thread.isOwner() ? 0 : NONE;
    }

    @Override
    public boolean execute(int carrier, Runnable turn) {
        thread.post(turn);
        return true;
    }

    @Override
    public Cancellable schedule(int carrier, long delayMs, Runnable task) {
        return thread.schedule(delayMs, task);
    }
}
