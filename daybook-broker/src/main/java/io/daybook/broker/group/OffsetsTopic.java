package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.broker.coordinator.PartitionCoordinatorLog;
import io.daybook.broker.partition.LogTask;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.Partitions;
import io.daybook.broker.topic.TopicName;
import io.daybook.broker.topic.TopicService;
import io.daybook.log.PartitionLog;
import io.daybook.metadata.TopicImage;
import io.daybook.runtime.Ticker;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code __consumer_offsets} in this broker. For any thread. */
public final class OffsetsTopic implements GroupPartitions {
    private final TopicService topics;
    private final Partitions partitions;
    private final Ticker ticker;

    public OffsetsTopic(TopicService topics, Partitions partitions, Ticker ticker) {
        this.topics = topics;
        this.partitions = partitions;
        this.ticker = ticker;
    }

    @Override
    public int count() {
        return topics.image()
                .topic(TopicName.CONSUMER_OFFSETS)
                .map(TopicImage::partitionCount)
                .orElse(0);
    }

    @Override
    public CompletableFuture<ErrorCode> ensureTopic() {
        return count() > 0
                ? CompletableFuture.completedFuture(ErrorCode.NONE)
                : topics.ensure(TopicName.CONSUMER_OFFSETS).thenApply(outcome -> outcome.code());
    }

    @Override
    public CompletableFuture<Home> open(int number) {
        CompletableFuture<Home> opened = new CompletableFuture<>();
        Optional<Partition> found = partitions.find(TopicName.CONSUMER_OFFSETS, number);
        if (found.isEmpty()) {
            opened.completeExceptionally(new IllegalStateException("there is no partition " + number));
            return opened;
        }
        Partition partition = found.get();
        partition
                .shard()
                .post(() -> partition.withLog(new LogTask() {
                    @Override
                    public void run(PartitionLog log) {
                        opened.complete(new Home(
                                partition.shard(),
                                new PartitionCoordinatorLog<>(partition, log, GroupRecordFormat.INSTANCE, ticker)));
                    }

                    @Override
                    public void refuse(ErrorCode code, String reason) {
                        opened.completeExceptionally(new IllegalStateException(reason));
                    }
                }));
        return opened;
    }
}
