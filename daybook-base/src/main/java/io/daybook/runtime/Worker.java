package io.daybook.runtime;

/**
 * A background thread for work that blocks: syncing a drive, reading a cold disk. It owns nothing that a shard owns and
 * answers by {@link Shard#post}. Tasks of one worker run one after the other, in the order of their arrival.
 */
public interface Worker {
    /** Hands over a task from any thread. The submitter bounds how many are outstanding. */
    void execute(Runnable task);
}
