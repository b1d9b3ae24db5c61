package io.daybook.runtime;

/**
 * A single thread that owns state, with an inbox and timers. In production it is an event loop or a thread, in a
 * simulation a place in the simulated schedule. Tasks run in the order of their arrival.
 */
public interface Shard {
    /**
     * The first line of every method that touches state which this shard owns.
     *
     * @throws IllegalStateException if the calling thread is not the owner
     */
    void checkOwner();

    /** Whether the calling thread is the owner. */
    boolean isOwner();

    /**
     * Hands new work to the shard from any thread. Bounded: the caller decides what a full inbox means for it
     * (usually: stop reading from a connection, or answer that the broker is busy).
     *
     * @return false if the inbox is full or the shard has stopped; the task will not run
     */
    boolean offer(Runnable task);

    /**
     * Hands over the continuation of work that was let in before (a completed sync, an answer of another shard); never
     * refused while the shard runs, because its number is bounded by that work. After a stop it is dropped.
     */
    void post(Runnable task);

    /**
     * Runs the task now if the caller is the owner, else like {@link #post}. For continuations whose order relative to
     * the inbox does not matter.
     */
    default void run(Runnable task) {
        if (isOwner()) {
            task.run();
        } else {
            post(task);
        }
    }

    /** Runs the task on this shard after at least {@code delayMs}. May be called by any thread. */
    Cancellable schedule(long delayMs, Runnable task);
}
