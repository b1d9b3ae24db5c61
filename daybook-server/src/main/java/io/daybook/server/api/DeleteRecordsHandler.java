package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.Partitions;
import io.daybook.broker.partition.RecordDeletion;
import io.daybook.broker.topic.TopicName;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DeleteRecordsRequestData;
import io.daybook.protocol.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import io.daybook.protocol.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import io.daybook.protocol.message.DeleteRecordsResponseData;
import io.daybook.protocol.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import io.daybook.protocol.message.DeleteRecordsResponseData.DeleteRecordsTopicResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** DeleteRecords: everything below an offset goes. */
public final class DeleteRecordsHandler implements ApiHandler<DeleteRecordsRequestData, DeleteRecordsResponseData> {
    private final Partitions partitions;

    /** Deletes in these. */
    public DeleteRecordsHandler(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.DELETE_RECORDS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 2);
    }

    @Override
    public void handle(ApiCall<DeleteRecordsRequestData, DeleteRecordsResponseData> call) {
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        List<DeleteRecordsTopicResult> topics = new ArrayList<>();
        for (DeleteRecordsTopic topic : call.request().topics()) {
            List<DeleteRecordsPartitionResult> results = new ArrayList<>();
            for (DeleteRecordsPartition each : topic.partitions()) {
                DeleteRecordsPartitionResult result =
                        new DeleteRecordsPartitionResult().setPartitionIndex(each.partitionIndex());
                results.add(result);
                parts.add(delete(topic.name(), each).thenAccept(deletion -> fill(result, deletion)));
            }
            topics.add(new DeleteRecordsTopicResult().setName(topic.name()).setPartitions(results));
        }
        call.replyWith(CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> new DeleteRecordsResponseData().setTopics(topics)));
    }

    @Override
    public DeleteRecordsResponseData errorResponse(
            DeleteRecordsRequestData request, short version, ErrorCode code, @Nullable String message) {
        List<DeleteRecordsTopicResult> topics = new ArrayList<>();
        for (DeleteRecordsTopic topic : request.topics()) {
            List<DeleteRecordsPartitionResult> results = new ArrayList<>();
            for (DeleteRecordsPartition each : topic.partitions()) {
                DeleteRecordsPartitionResult result =
                        new DeleteRecordsPartitionResult().setPartitionIndex(each.partitionIndex());
                fill(result, RecordDeletion.failed(code));
                results.add(result);
            }
            topics.add(new DeleteRecordsTopicResult().setName(topic.name()).setPartitions(results));
        }
        return new DeleteRecordsResponseData().setTopics(topics);
    }

    private CompletableFuture<RecordDeletion> delete(String topic, DeleteRecordsPartition wanted) {
        Optional<Partition> partition = partitions.find(topic, wanted.partitionIndex());
        if (partition.isEmpty()) {
            return CompletableFuture.completedFuture(RecordDeletion.failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
        }
        return TopicName.isInternal(topic)
                ? CompletableFuture.completedFuture(RecordDeletion.failed(ErrorCode.INVALID_TOPIC_EXCEPTION))
                : RecordDeletion.delete(partition.get(), wanted.offset());
    }

    private static void fill(DeleteRecordsPartitionResult result, RecordDeletion deletion) {
        result.setErrorCode(deletion.code().code()).setLowWatermark(deletion.logStartOffset());
    }
}
