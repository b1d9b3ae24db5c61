package io.daybook.broker.partition;

import io.daybook.log.AppendResult;

/** Takes the outcome of an append. Called once, on the partition's shard. */
@FunctionalInterface
public interface AppendReply {
    /** What became of the append. */
    void complete(AppendResult result);
}
