package io.daybook.metadata;

import java.util.List;

/** Is told about every commit, in order, on the metadata shard, after it is durable and before it is answered. */
@FunctionalInterface
public interface MetadataListener {
    /** {@code changes} led from {@code before} to {@code after}. */
    void onCommit(MetadataImage before, MetadataImage after, List<MetadataChange> changes);
}
