package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.broker.coordinator.CoordinatorLog;
import io.daybook.runtime.Shard;
import java.util.concurrent.CompletableFuture;

/** The partitions of {@code __consumer_offsets}. Safe for use by any thread; futures complete on any thread. */
public interface GroupPartitions {
    /** How many partitions the topic has; 0 as long as it does not exist. */
    int count();

    /** Creates the topic unless it exists. */
    CompletableFuture<ErrorCode> ensureTopic();

    /** Opens a partition of the topic; fails if its drive does. */
    CompletableFuture<Home> open(int partition);

    /**
     * Where the coordinator of a partition lives.
     *
     * @param shard the owner of the partition
     * @param log the partition, for use by the owner only
     */
    record Home(Shard shard, CoordinatorLog<GroupRecord> log) {}
}
