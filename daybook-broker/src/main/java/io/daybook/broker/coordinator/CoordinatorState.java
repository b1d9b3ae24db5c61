package io.daybook.broker.coordinator;

/**
 * State that records make. Nothing else may change what a restart must find again.
 *
 * @param <R> the coordinator's records
 */
@FunctionalInterface
public interface CoordinatorState<R> {
    /**
     * Applies one record. Called in log order: for the whole log while the coordinator loads, and for each record right
     * after its append. Must accept whatever the log holds, a tombstone for something unknown included.
     */
    void replay(R record);
}
