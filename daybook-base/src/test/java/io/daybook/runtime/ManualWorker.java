package io.daybook.runtime;

import java.util.ArrayDeque;
import java.util.Queue;

/** A worker that runs its tasks when a test says so, on the test's thread. */
public final class ManualWorker implements Worker {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    public int pendingCount() {
        return tasks.size();
    }

    /** Whether there was a task to run. */
    public boolean runNext() {
        Runnable next = tasks.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    public void runAll() {
        while (runNext()) {
            // until nothing is left
        }
    }
}
