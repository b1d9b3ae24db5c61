package io.daybook.broker.coordinator;

import io.daybook.base.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The partition in which a coordinator keeps its state. Every method is called by the shard that owns the partition,
 * and every future completes on it.
 *
 * @param <R> the coordinator's records
 */
public interface CoordinatorLog<R> {
    /**
     * Hands over every record of the partition, oldest first, in chunks of bounded size. Completes with
     * {@link ErrorCode#NONE} after the last chunk; any other code says that the state is incomplete and must be dropped.
     */
    CompletableFuture<ErrorCode> replay(Consumer<List<R>> sink);

    /** Appends the records as one batch: after a crash all of them are there or none. At least one record. */
    CoordinatorAppend append(List<R> records);

    /**
     * Completes in append order once everything below {@code endOffset} is on stable storage; with an error if that
     * will never happen.
     */
    CompletableFuture<ErrorCode> whenDurable(long endOffset);
}
