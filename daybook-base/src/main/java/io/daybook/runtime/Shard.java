package io.daybook.runtime;

/**
 * An owner of state, with an inbox and timers. Its tasks run one at a time in the order of their arrival, each seeing what
 * those before it wrote; on which thread does not matter and may change from task to task. In production the event loops
 * take turns ({@link SerialShard}), in a simulation it is a place in the simulated schedule. A task is never run within
 * another task, of this shard or of any other.
 */
public interface Shard {
    /**
     * The first line of every method that touches state which this shard owns.
     *
     * @throws IllegalStateException if the calling thread is not running a task of this shard
     */
    void checkOwner();

    /** Whether the calling thread is running a task of this shard. */
    boolean isOwner();

    /**
     * Hands new work to the shard from any thread. Bounded: the caller decides what a full inbox means for it
     * (usually: stop reading from a connection, or answer that the broker is busy).
     *
     * @return false if the inbox is full or the shard has stopped; the task will not run
     */
    boolean offer(Runnable task);

    /**
     * Like {@link #offer}, for a task so long (some hundred microseconds) that it is better to wake another processor for
     * it than to let the caller's thread run it after what else it has to do.
     */
    default boolean offerApart(Runnable task) {
        return offer(task);
    }

    /**
     * Hands over the continuation of work that was let in before (a completed sync, an answer of another shard); never
     * refused while the shard runs, because its number is bounded by that work. After a stop it is dropped.
     */
    void post(Runnable task);

    /**
     * Runs the task now if the caller is within a task of this shard, else like {@link #post}. For continuations whose
     * order relative to the inbox does not matter.
     */
    default void run(Runnable task) {
        if (isOwner()) {
            task.run();
        } else {
            post(task);
        }
    }

    /**
     * Runs the task on this shard after at least {@code delayMs}. May be called by any thread. What a task of this shard
     * cancels does not run any more.
     */
    Cancellable schedule(long delayMs, Runnable task);
}
