package io.daybook.broker.partition;

import io.daybook.base.TopicIdPartition;
import io.daybook.log.LogConfig;
import io.daybook.log.LogEngine;
import io.daybook.log.PartitionLog;
import io.daybook.log.RetentionOutlook;
import java.util.concurrent.CompletableFuture;

/** What a partition needs of the rest of the broker. For any thread. */
interface PartitionSeams {
    /**
     * See {@link LogEngine#open}; with the settings that hold for the partition now. Fails with a {@link
     * java.util.concurrent.CancellationException} if the partition has ended.
     */
    CompletableFuture<PartitionLog> open(Partition partition);

    /** See {@link LogEngine#outlook}. */
    CompletableFuture<RetentionOutlook> outlook(Partition partition, boolean withSizes);

    /** The settings that hold for the partition now. */
    LogConfig config(TopicIdPartition id);

    /** The epoch under which this broker leads. */
    int leaderEpoch();
}
