package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.partition.FoundOffset;
import io.daybook.broker.partition.Isolation;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.PartitionOffsets;
import io.daybook.broker.partition.Partitions;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ListOffsetsRequestData;
import io.daybook.protocol.message.ListOffsetsRequestData.ListOffsetsPartition;
import io.daybook.protocol.message.ListOffsetsRequestData.ListOffsetsTopic;
import io.daybook.protocol.message.ListOffsetsResponseData;
import io.daybook.protocol.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import io.daybook.protocol.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** ListOffsets: the offset of a partition at a time, at its begin, at its end, and Kafka's other special places. */
public final class ListOffsetsHandler implements ApiHandler<ListOffsetsRequestData, ListOffsetsResponseData> {
    private static final byte READ_COMMITTED = 1;
    private static final short FIRST_WITH_LEADER_EPOCHS = 4;
    private static final int UNKNOWN_EPOCH = -1;

    private final Partitions partitions;

    /** Looks in these. */
    public ListOffsetsHandler(Partitions partitions) {
        this.partitions = partitions;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.LIST_OFFSETS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(1, 11);
    }

    @Override
    public void handle(ApiCall<ListOffsetsRequestData, ListOffsetsResponseData> call) {
        ListOffsetsRequestData request = call.request();
        short version = call.context().version();
        Isolation isolation =
                request.isolationLevel() == READ_COMMITTED ? Isolation.READ_COMMITTED : Isolation.READ_UNCOMMITTED;
        List<CompletableFuture<Void>> parts = new ArrayList<>();
        List<ListOffsetsTopicResponse> topics = new ArrayList<>();
        for (ListOffsetsTopic topic : request.topics()) {
            Set<Integer> named = new HashSet<>();
            List<ListOffsetsPartitionResponse> responses = new ArrayList<>();
            for (ListOffsetsPartition each : topic.partitions()) {
                ListOffsetsPartitionResponse response =
                        new ListOffsetsPartitionResponse().setPartitionIndex(each.partitionIndex());
                responses.add(response);
                CompletableFuture<FoundOffset> found = named.add(each.partitionIndex())
                        ? find(topic.name(), each, isolation, version)
                        : CompletableFuture.completedFuture(FoundOffset.failed(ErrorCode.INVALID_REQUEST));
                parts.add(found.thenAccept(offset -> fill(response, offset, version)));
            }
            topics.add(new ListOffsetsTopicResponse().setName(topic.name()).setPartitions(responses));
        }
        call.replyWith(CompletableFuture.allOf(parts.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> new ListOffsetsResponseData().setTopics(topics)));
    }

    @Override
    public ListOffsetsResponseData errorResponse(
            ListOffsetsRequestData request, short version, ErrorCode code, @Nullable String message) {
        List<ListOffsetsTopicResponse> topics = new ArrayList<>();
        for (ListOffsetsTopic topic : request.topics()) {
            List<ListOffsetsPartitionResponse> responses = new ArrayList<>();
            for (ListOffsetsPartition each : topic.partitions()) {
                ListOffsetsPartitionResponse response =
                        new ListOffsetsPartitionResponse().setPartitionIndex(each.partitionIndex());
                fill(response, FoundOffset.failed(code), version);
                responses.add(response);
            }
            topics.add(new ListOffsetsTopicResponse().setName(topic.name()).setPartitions(responses));
        }
        return new ListOffsetsResponseData().setTopics(topics);
    }

    private CompletableFuture<FoundOffset> find(
            String topic, ListOffsetsPartition wanted, Isolation isolation, short version) {
        Optional<Partition> partition = partitions.find(topic, wanted.partitionIndex());
        if (partition.isEmpty()) {
            return CompletableFuture.completedFuture(FoundOffset.failed(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
        }
        if (!isKnown(wanted.timestamp(), version)) {
            return CompletableFuture.completedFuture(FoundOffset.failed(ErrorCode.UNSUPPORTED_VERSION));
        }
        return PartitionOffsets.find(partition.get(), wanted.timestamp(), isolation, wanted.currentLeaderEpoch());
    }

    /** The special places came one by one. */
    private static boolean isKnown(long timestampMs, short version) {
        if (timestampMs >= PartitionOffsets.EARLIEST) {
            return true;
        } else if (timestampMs == PartitionOffsets.MAX_TIMESTAMP) {
            return version >= 7;
        } else if (timestampMs == PartitionOffsets.EARLIEST_LOCAL) {
            return version >= 8;
        } else if (timestampMs == PartitionOffsets.LATEST_TIERED) {
            return version >= 9;
        }
        return timestampMs == PartitionOffsets.EARLIEST_PENDING_UPLOAD && version >= 11;
    }

    private static void fill(ListOffsetsPartitionResponse response, FoundOffset found, short version) {
        response.setErrorCode(found.code().code())
                .setOffset(found.offset())
                .setTimestamp(found.timestampMs())
                .setLeaderEpoch(version >= FIRST_WITH_LEADER_EPOCHS ? found.leaderEpoch() : UNKNOWN_EPOCH);
    }
}
