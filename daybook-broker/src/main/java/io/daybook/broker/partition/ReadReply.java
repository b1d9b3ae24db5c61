package io.daybook.broker.partition;

/** Takes the outcome of a read. Called once, on the partition's shard. */
@FunctionalInterface
public interface ReadReply {
    /** What was read. The records are the receiver's. */
    void complete(PartitionRead read);
}
