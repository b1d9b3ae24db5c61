package io.daybook.runtime;

/** A timer that has not fired yet. */
@FunctionalInterface
public interface Cancellable {
    /** From now on the task does not run. Without effect if it has run. For the shard that scheduled it. */
    void cancel();
}
