package io.daybook.sim;

import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import io.daybook.runtime.Worker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Many threads on one: at each step chance says which shard or worker goes on with its next task, and time is virtual. A
 * task that blocks on a disk may be overtaken there by tasks of the others ({@link #overtake}), as real threads are.
 */
public final class SimScheduler {
    private static final int MAX_STEP_NANOS = 20_000;
    private static final int MAX_OVERTAKING_STEPS = 12;

    private final RandomSource random;
    private final Trace trace;
    private final SimTicker ticker = new SimTicker();
    private final List<SimActor> actors = new ArrayList<>();
    private final Deque<SimActor> running = new ArrayDeque<>();
    private final List<SimActor> runnable = new ArrayList<>();
    private long nowNanos;
    private long wallOffsetMs = 1_700_000_000_000L;
    private boolean isHalted;
    private @Nullable SimulationFailure failure;

    /** With nothing to do yet. */
    public SimScheduler(RandomSource random, Trace trace) {
        this.random = random;
        this.trace = trace;
    }

    /** A shard with its place in the schedule. */
    public Shard newShard(String name) {
        SimActor actor = newActor(name);
        return new SimShard(this, actor);
    }

    /** A worker with its place in the schedule. */
    public Worker newWorker(String name) {
        return newActor(name)::add;
    }

    /** The simulated clocks. */
    public Ticker ticker() {
        return ticker;
    }

    /** The wall clock is set forward or back. */
    public void jumpWallMs(long ms) {
        wallOffsetMs += ms;
    }

    /** Time goes by. */
    public void advanceNanos(long nanos) {
        nowNanos += nanos;
    }

    /** Since the begin. */
    public long nowNanos() {
        return nowNanos;
    }

    /** What was recorded. */
    public Trace trace() {
        return trace;
    }

    /** Runs one task; lets time go by until a timer is due if there is none. False if there is nothing to do at all. */
    public boolean step() {
        nowNanos += random.nextInt(MAX_STEP_NANOS);
        if (runOne()) {
            return true;
        }
        if (isHalted) {
            return false;
        }
        long next = Long.MAX_VALUE;
        for (SimActor each : actors) {
            next = Math.min(next, each.nextTimerNanos());
        }
        if (next == Long.MAX_VALUE) {
            return false;
        }
        nowNanos = Math.max(nowNanos, next);
        return runOne();
    }

    /** Steps until the condition holds, or the machine stops, or something is found. */
    public void runUntil(BooleanSupplier condition, int maxSteps, String what) {
        for (int steps = 0; !condition.getAsBoolean() && !isHalted && failure == null; steps++) {
            if (steps == maxSteps) {
                throw new SimulationFailure("after " + maxSteps + " steps still waiting: " + what);
            }
            if (!step() && !isHalted && failure == null) {
                throw new SimulationFailure("nothing is left to do, and still waiting: " + what);
            }
        }
    }

    /** Called where the running task may block: others may go on now. */
    public void overtake() {
        if (running.size() >= actors.size()) {
            return;
        }
        for (int steps = random.nextInt(MAX_OVERTAKING_STEPS); steps > 0; steps--) {
            nowNanos += random.nextInt(MAX_STEP_NANOS);
            if (!runOne()) {
                return;
            }
        }
    }

    /** The machine stops: nothing runs any more until {@link #clear()}. */
    public void halt() {
        isHalted = true;
    }

    /** Whether the machine has stopped. */
    public boolean isHalted() {
        return isHalted;
    }

    /** Every shard and worker is gone with what it had to do: the process has ended. */
    public void clear() {
        if (!running.isEmpty()) {
            throw new IllegalStateException("a task is running");
        }
        actors.clear();
        isHalted = false;
    }

    /** Something that must hold does not. The first such finding counts. */
    public void report(SimulationFailure found) {
        failure = failure == null ? found : failure;
    }

    /** Fails if a task threw what it should not have. */
    public void checkNothingFailed() {
        if (failure != null) {
            throw failure;
        }
    }

    boolean isRunning(SimActor actor) {
        return running.peekLast() == actor;
    }

    long dueNanos(long delayMs) {
        return delayMs > Long.MAX_VALUE / 4_000_000 ? Long.MAX_VALUE / 2 : nowNanos + Math.max(0, delayMs) * 1_000_000;
    }

    private SimActor newActor(String name) {
        SimActor actor = new SimActor(name);
        actors.add(actor);
        return actor;
    }

    private boolean runOne() {
        if (isHalted) {
            return false;
        }
        runnable.clear();
        for (SimActor each : actors) {
            if (each.isRunnable(nowNanos) && !running.contains(each)) {
                runnable.add(each);
            }
        }
        if (runnable.isEmpty()) {
            return false;
        }
        SimActor chosen = runnable.get(random.nextInt(runnable.size()));
        Runnable task = chosen.take(nowNanos);
        trace.add(nowNanos, chosen.name().hashCode(), () -> "run " + chosen.name());
        running.addLast(chosen);
        try {
            if (task != null) {
                task.run();
            }
        } catch (SimulatedCrash crash) {
            trace.add(nowNanos, 7, crash::getMessage);
        } catch (SimulationFailure found) {
            report(found);
        } catch (RuntimeException | Error thrown) {
            report(new SimulationFailure("a task of " + chosen.name() + " threw " + thrown, thrown));
        } finally {
            running.removeLast();
        }
        return true;
    }

    private final class SimTicker implements Ticker {
        @Override
        public long wallMs() {
            return wallOffsetMs + nowNanos / 1_000_000;
        }

        @Override
        public long nanoTime() {
            return nowNanos;
        }
    }
}
