package io.daybook.benchmarks.micro;

import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import java.util.ArrayDeque;
import java.util.Queue;

/** A shard without a thread: whoever calls is the owner, and runs what was posted when it likes. It has no time. */
final class CallerShard implements Shard {
    private final Queue<Runnable> inbox = new ArrayDeque<>();

    void runAll() {
        for (Runnable task = inbox.poll(); task != null; task = inbox.poll()) {
            task.run();
        }
    }

    @Override
    public void checkOwner() {}

    @Override
    public boolean isOwner() {
        return true;
    }

    @Override
    public boolean offer(Runnable task) {
        return inbox.add(task);
    }

    @Override
    public void post(Runnable task) {
        inbox.add(task);
    }

    @Override
    public Cancellable schedule(long delayMs, Runnable task) {
        return () -> {};
    }
}
