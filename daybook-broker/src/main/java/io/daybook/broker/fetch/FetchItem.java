package io.daybook.broker.fetch;

import io.daybook.broker.partition.FetchPosition;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.PartitionRead;
import io.daybook.broker.partition.Partitions;
import io.daybook.broker.partition.ReadableOffsets;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a fetch, and, if the fetch belongs to a session, what the client knows about it. Owned by the shard
 * that the fetch or the session lives on.
 */
public final class FetchItem {
    private final FetchKey key;
    private FetchPosition position;
    private @Nullable Partition resolved;
    private ReadableOffsets toldOffsets = ReadableOffsets.UNKNOWN;
    private boolean isErrorTold;

    /** As the client asks. */
    public FetchItem(FetchKey key, FetchPosition position) {
        this.key = key;
        this.position = position;
    }

    /** The partition's name. */
    public FetchKey key() {
        return key;
    }

    /** From where it is read. */
    public FetchPosition position() {
        return position;
    }

    void moveTo(FetchPosition next) {
        position = next;
    }

    /** The partition, or null if there is none of this name. */
    @Nullable
    Partition resolve(Partitions partitions) {
        Partition known = resolved;
        if (known == null || known.hasEnded()) {
            known = (key.isById()
                            ? partitions.find(key.topicId(), key.partition())
                            : partitions.find(key.topic(), key.partition()))
                    .orElse(null);
            resolved = known;
        }
        return known;
    }

    /** The partition as it was found last. */
    @Nullable
    Partition resolved() {
        return resolved;
    }

    /** Whether the client has to hear of this, since it is not what it was told last. */
    boolean isNews(PartitionRead read) {
        return read.sizeBytes() > 0
                || read.isUrgent()
                || isErrorTold
                || read.offsets().highWatermark() != toldOffsets.highWatermark()
                || read.offsets().logStartOffset() != toldOffsets.logStartOffset()
                || read.offsets().lastStableOffset() != toldOffsets.lastStableOffset();
    }

    void told(PartitionRead read) {
        toldOffsets = read.offsets();
        isErrorTold = !read.code().isNone();
    }
}
