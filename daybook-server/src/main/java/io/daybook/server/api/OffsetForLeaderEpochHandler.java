package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.PartitionOffsets;
import io.daybook.broker.partition.PartitionOffsets.FoundEpochEnd;
import io.daybook.broker.partition.Partitions;
import io.daybook.log.EpochEndOffset;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.OffsetForLeaderEpochRequestData;
import io.daybook.protocol.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import io.daybook.protocol.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import io.daybook.protocol.message.OffsetForLeaderEpochResponseData;
import io.daybook.protocol.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** OffsetForLeaderEpoch: where an epoch ends, so that a consumer finds out whether what it read is still there. */
public final class OffsetForLeaderEpochHandler
        implements ApiHandler<OffsetForLeaderEpochRequestData, OffsetForLeaderEpochResponseData> {
    private final Partitions partitions;

    /** Looks in these. */
    public OffsetForLeaderEpochHandler(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.OFFSET_FOR_LEADER_EPOCH;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(2, 4);
    }

    @Override
    public void handle(ApiCall<OffsetForLeaderEpochRequestData, OffsetForLeaderEpochResponseData> call) {
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        List<OffsetForLeaderTopicResult> topics = new ArrayList<>();
        for (OffsetForLeaderTopic topic : call.request().topics()) {
            List<OffsetForLeaderEpochResponseData.EpochEndOffset> responses = new ArrayList<>();
            for (OffsetForLeaderPartition each : topic.partitions()) {
                OffsetForLeaderEpochResponseData.EpochEndOffset response =
                        new OffsetForLeaderEpochResponseData.EpochEndOffset().setPartition(each.partition());
                responses.add(response);
                parts.add(find(topic.topic(), each).thenAccept(found -> fill(response, found)));
            }
            topics.add(new OffsetForLeaderTopicResult().setTopic(topic.topic()).setPartitions(responses));
        }
        call.replyWith(CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> new OffsetForLeaderEpochResponseData().setTopics(topics)));
    }

    @Override
    public OffsetForLeaderEpochResponseData errorResponse(
            OffsetForLeaderEpochRequestData request, short version, ErrorCode code, @Nullable String message) {
        List<OffsetForLeaderTopicResult> topics = new ArrayList<>();
        for (OffsetForLeaderTopic topic : request.topics()) {
            List<OffsetForLeaderEpochResponseData.EpochEndOffset> responses = new ArrayList<>();
            for (OffsetForLeaderPartition each : topic.partitions()) {
                OffsetForLeaderEpochResponseData.EpochEndOffset response =
                        new OffsetForLeaderEpochResponseData.EpochEndOffset().setPartition(each.partition());
                fill(response, failed(code));
                responses.add(response);
            }
            topics.add(new OffsetForLeaderTopicResult().setTopic(topic.topic()).setPartitions(responses));
        }
        return new OffsetForLeaderEpochResponseData().setTopics(topics);
    }

    private CompletableFuture<FoundEpochEnd> find(String topic, OffsetForLeaderPartition wanted) {
        Optional<Partition> partition = partitions.find(topic, wanted.partition());
        return partition.isEmpty()
                ? CompletableFuture.completedFuture(failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION))
                : PartitionOffsets.endOfEpoch(partition.get(), wanted.leaderEpoch(), wanted.currentLeaderEpoch());
    }

    private static FoundEpochEnd failed(ErrorCode code) {
        return new FoundEpochEnd(code, EpochEndOffset.UNKNOWN);
    }

    private static void fill(OffsetForLeaderEpochResponseData.EpochEndOffset response, FoundEpochEnd found) {
        response.setErrorCode(found.code().code())
                .setLeaderEpoch(found.end().leaderEpoch())
                .setEndOffset(found.end().endOffset());
    }
}
