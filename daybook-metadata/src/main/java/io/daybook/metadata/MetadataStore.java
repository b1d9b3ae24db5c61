package io.daybook.metadata;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the metadata. The image may be read by any thread; everything else belongs to the metadata shard, the shard that
 * the store was made with.
 */
public interface MetadataStore {
    /** The newest durable image. For any thread. */
    MetadataImage image();

    /**
     * Makes changes durable, all or none, if the image is still at {@code expectedVersion}. On the metadata shard;
     * completes there, after the listeners were told. One commit at a time: the caller waits for the previous one.
     *
     * @throws IllegalStateException if the changes contradict the image, or if a commit is under way
     */
    CompletableFuture<CommitResult> commit(long expectedVersion, List<MetadataChange> changes);

    /** Adds a listener for the commits to come. On the metadata shard, or before anything is committed. */
    void listen(MetadataListener listener);

    /** Lets go of files. Completes when a commit under way has ended; later commits fail. */
    CompletableFuture<Void> close();
}
