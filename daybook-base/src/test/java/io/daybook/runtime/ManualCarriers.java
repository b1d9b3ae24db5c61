package io.daybook.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Carriers that run on the test's thread, each when the test says so. */
final class ManualCarriers implements Carriers {
    private final List<Queue<Runnable>> turns = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final boolean[] hasEnded;
    private int current = NONE;

    ManualCarriers(int count) {
        for (int i = 0; i < count; i++) {
            turns.add(new ArrayDeque<>());
        }
        hasEnded = new boolean[count];
    }

    /** What the carrier does beside the turns of shards. */
    void on(int carrier, Runnable task) {
        current = carrier;
        task.run();
        current = NONE;
    }

    int pending(int carrier) {
        return turns.get(carrier).size();
    }

    /** Runs one turn. */
    void run(int carrier) {
        on(carrier, turns.get(carrier).remove());
    }

    /** The timers are due. */
    void fireTimers(int carrier) {
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        due.forEach(each -> on(carrier, each));
    }

    void end(int carrier) {
        hasEnded[carrier] = true;
    }

    @Override
    public int count() {
        return turns.size();
    }

    @Override
    public int current() {
        return current;
    }

    @Override
    public boolean execute(int carrier, Runnable turn) {
        return !hasEnded[carrier] && turns.get(carrier).add(turn);
    }

    @Override
    public Cancellable schedule(int carrier, long delayMs, Runnable task) {
        timers.add(task);
        return () -> {}; // as if it had fired already: the shard has to see to it
    }
}
