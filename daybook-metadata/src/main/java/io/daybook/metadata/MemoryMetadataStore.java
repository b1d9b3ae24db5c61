package io.daybook.metadata;

import io.daybook.runtime.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Metadata that ends with the process: for brokers in memory and for tests. */
public final class MemoryMetadataStore implements MetadataStore {
    private final Shard shard;
    private final List<MetadataListener> listeners = new ArrayList<>();
    private volatile MetadataImage image;
    private boolean closed;

    /** Begins with a cluster of this name and nothing in it. */
    public MemoryMetadataStore(Shard shard, String clusterId) {
        this.shard = shard;
        this.image = new MetadataChange.ClusterNamed(clusterId).applyTo(MetadataImage.EMPTY);
    }

    @Override
    public MetadataImage image() {
        return image;
    }

    @Override
    public CompletableFuture<CommitResult> commit(long expectedVersion, List<MetadataChange> changes) {
        shard.checkOwner();
        MetadataImage before = image;
        if (closed) {
            return CompletableFuture.completedFuture(new CommitResult.StoreFailed(before, "the store is closed"));
        }
        if (before.version() != expectedVersion) {
            return CompletableFuture.completedFuture(new CommitResult.Conflict(before));
        }
        MetadataImage after = before;
        for (MetadataChange change : changes) {
            after = change.applyTo(after);
        }
        image = after;
        for (MetadataListener listener : listeners) {
            listener.onCommit(before, after, changes);
        }
        return CompletableFuture.completedFuture(new CommitResult.Committed(after));
    }

    @Override
    public void listen(MetadataListener listener) {
        listeners.add(listener);
    }

    @Override
    public CompletableFuture<Void> close() {
        closed = true;
        return CompletableFuture.completedFuture(null);
    }
}
