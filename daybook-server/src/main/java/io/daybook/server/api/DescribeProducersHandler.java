package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.Partitions;
import io.daybook.log.ActiveProducer;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DescribeProducersRequestData;
import io.daybook.protocol.message.DescribeProducersRequestData.TopicRequest;
import io.daybook.protocol.message.DescribeProducersResponseData;
import io.daybook.protocol.message.DescribeProducersResponseData.PartitionResponse;
import io.daybook.protocol.message.DescribeProducersResponseData.ProducerState;
import io.daybook.protocol.message.DescribeProducersResponseData.TopicResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** DescribeProducers: what partitions remember of idempotent producers. */
public final class DescribeProducersHandler
        implements ApiHandler<DescribeProducersRequestData, DescribeProducersResponseData> {
    private final Partitions partitions;

    /** Asks these. */
    public DescribeProducersHandler(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.DESCRIBE_PRODUCERS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 0);
    }

    @Override
    public void handle(ApiCall<DescribeProducersRequestData, DescribeProducersResponseData> call) {
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        List<TopicResponse> topics = new ArrayList<>();
        for (TopicRequest topic : call.request().topics()) {
            List<PartitionResponse> responses = new ArrayList<>();
            for (Integer each : topic.partitionIndexes()) {
                PartitionResponse response = new PartitionResponse().setPartitionIndex(each);
                responses.add(response);
                parts.add(describe(topic.name(), each, response));
            }
            topics.add(new TopicResponse().setName(topic.name()).setPartitions(responses));
        }
        call.replyWith(CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> new DescribeProducersResponseData().setTopics(topics)));
    }

    @Override
    public DescribeProducersResponseData errorResponse(
            DescribeProducersRequestData request, short version, ErrorCode code, @Nullable String message) {
        List<TopicResponse> topics = new ArrayList<>();
        for (TopicRequest topic : request.topics()) {
            List<PartitionResponse> responses = new ArrayList<>();
            for (Integer each : topic.partitionIndexes()) {
                PartitionResponse response = new PartitionResponse().setPartitionIndex(each);
                refuse(response, code, message);
                responses.add(response);
            }
            topics.add(new TopicResponse().setName(topic.name()).setPartitions(responses));
        }
        return new DescribeProducersResponseData().setTopics(topics);
    }

    private CompletableFuture<Void> describe(String topic, int index, PartitionResponse response) {
        Optional<Partition> partition = partitions.find(topic, index);
        if (partition.isEmpty()) {
            refuse(response, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "This server does not host this topic-partition.");
            return CompletableFuture.completedFuture(null);
        }
        return partition
                .get()
                .<List<ActiveProducer>>ask(
                        log -> CompletableFuture.completedFuture(log.activeProducers()), (code, reason) -> {
                            refuse(response, code, reason);
                            return List.of();
                        })
                .thenAccept(producers -> response.setActiveProducers(statesOf(producers)));
    }

    private static List<ProducerState> statesOf(List<ActiveProducer> producers) {
        List<ProducerState> states = new ArrayList<>(producers.size());
        for (ActiveProducer each : producers) {
            states.add(new ProducerState()
                    .setProducerId(each.producerId())
                    .setProducerEpoch(each.producerEpoch())
                    .setLastSequence(each.lastSequence())
                    .setLastTimestamp(each.lastTimestampMs())
                    .setCoordinatorEpoch(each.coordinatorEpoch())
                    .setCurrentTxnStartOffset(each.transactionStartOffset()));
        }
        return states;
    }

    private static void refuse(PartitionResponse response, ErrorCode code, @Nullable String reason) {
        response.setErrorCode(code.code()).setErrorMessage(reason).setActiveProducers(List.of());
    }
}
