package io.daybook.runtime;

/** A fixed number of threads that lend themselves to shards, turn by turn, beside what else they do. For any thread. */
public interface Carriers {
    /** The calling thread is none of them. */
    int NONE = -1;

    /** How many there are; they are numbered from 0. */
    int count();

    /** The number of the calling thread, or {@link #NONE}. */
    int current();

    /**
     * Lets a carrier run the turn soon, after what it does now and in the order of these calls; wakes it if it sleeps,
     * which a carrier that calls this for itself never does.
     *
     * @return false if the carrier has ended; the turn will not run
     */
    boolean execute(int carrier, Runnable turn);

    /** Lets a carrier run the task after at least {@code delayMs}; never if it ends before. */
    Cancellable schedule(int carrier, long delayMs, Runnable task);
}
