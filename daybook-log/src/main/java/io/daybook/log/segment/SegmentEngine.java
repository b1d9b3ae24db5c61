package io.daybook.log.segment;

import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.log.LogDirState;
import io.daybook.log.RetentionOutlook;
import io.daybook.runtime.Shard;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A store of chains. May be called by any thread. */
public interface SegmentEngine {
    /**
     * Opens a chain, made if it does not exist, and fences who opened it before.
     *
     * @return completed on {@code owner}; fails with a {@link io.daybook.log.LogDirectoryException} if it cannot be stored
     */
    CompletableFuture<SegmentChain> open(TopicIdPartition id, Shard owner);

    /** Deletes a chain for good; without effect if it does not exist. Durable when completed. */
    CompletableFuture<Void> delete(TopicIdPartition id);

    /** The names of what is stored here, possibly of topics that are no more. Cheap. */
    List<TopicPartition> partitions();

    /** Which topic the stored partition of this name belongs to, if that can be told. May block. */
    Optional<Uuid> topicIdOf(TopicPartition partition);

    /**
     * What retention has to expect of a chain that nobody has open, as far as that can be told without opening it.
     *
     * @param withSizes whether the sizes of its segments matter
     * @return completed on {@code owner}
     */
    CompletableFuture<RetentionOutlook> outlook(TopicIdPartition id, Shard owner, boolean withSizes);

    /** Where it is stored. May block. */
    List<LogDirState> logDirs();

    /** Whether this partition can be, or could be, stored. */
    boolean isOnline(TopicIdPartition id);

    /** Whether all of its places are fine: then everything is online. Cheap. */
    boolean isWhole();

    /** Runs once for each place that fails from now on. */
    void onFailure(Runnable listener);

    /** Whether what is stored here was in use when it was last let go of, and not closed: its unsynced ends may be lost. */
    boolean isAfterUncleanStop();

    /** Lets go of everything; chains are closed before. */
    CompletableFuture<Void> close();
}
