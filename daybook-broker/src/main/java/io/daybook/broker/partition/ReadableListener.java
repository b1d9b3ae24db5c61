package io.daybook.broker.partition;

/** Waits for a partition to have more to read, or to end. Called on the partition's shard. */
public interface ReadableListener {
    /** Whether nothing is waited for any more; the partition then forgets the listener. For the partition's shard. */
    boolean isDone();

    /** Something about the partition that a reader sees has changed. The listener is forgotten; it may watch again. */
    void readableChanged();
}
