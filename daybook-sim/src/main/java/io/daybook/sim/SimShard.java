package io.daybook.sim;

import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import org.jspecify.annotations.Nullable;

/** A shard in a simulated schedule. */
final class SimShard implements Shard {
    private static final int INBOX_CAPACITY = 1000;

    private final SimScheduler scheduler;
    private final SimActor actor;

    SimShard(SimScheduler scheduler, SimActor actor) {
        this.scheduler = scheduler;
        this.actor = actor;
    }

    @Override
    public void checkOwner() {
        if (!isOwner()) {
            throw new SimulationFailure("state of " + actor.name() + " is touched by another thread");
        }
    }

    @Override
    public boolean isOwner() {
        return scheduler.isRunning(actor);
    }

    @Override
    public boolean offer(Runnable task) {
        if (actor.pendingCount() >= INBOX_CAPACITY) {
            return false;
        }
        actor.add(task);
        return true;
    }

    @Override
    public void post(Runnable task) {
        actor.add(task);
    }

    @Override
    public Cancellable schedule(long delayMs, Runnable task) {
        SimActor.Timer timer = actor.schedule(scheduler.dueNanos(delayMs), task);
        return () -> actor.cancel(timer);
    }

    /** The same in every run, so that a map of shards has the same order. */
    @Override
    public int hashCode() {
        return actor.name().hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public String toString() {
        return actor.name();
    }
}
