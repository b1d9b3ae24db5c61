package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.broker.group.GroupService;
import io.daybook.broker.group.OffsetCommitRequest;
import io.daybook.broker.group.OffsetCommitResult;
import io.daybook.broker.group.OffsetCommitter;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.TopicImage;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.OffsetCommitRequestData;
import io.daybook.protocol.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import io.daybook.protocol.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import io.daybook.protocol.message.OffsetCommitResponseData;
import io.daybook.protocol.message.OffsetCommitResponseData.OffsetCommitResponsePartition;
import io.daybook.protocol.message.OffsetCommitResponseData.OffsetCommitResponseTopic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** OffsetCommit: answered when the offsets are durable. Partitions that do not exist are refused one by one. */
public final class OffsetCommitHandler implements ApiHandler<OffsetCommitRequestData, OffsetCommitResponseData> {
    private static final int FIRST_VERSION_WITH_MEMBER_EPOCHS = 9;
    private static final int FIRST_VERSION_WITH_TOPIC_IDS = 10;

    private final GroupService groups;
    private final Supplier<MetadataImage> metadata;

    /** Commits for these groups, to topics that the metadata knows. */
    public OffsetCommitHandler(GroupService groups, Supplier<MetadataImage> metadata) {
        this.groups = groups;
        this.metadata = metadata;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.OFFSET_COMMIT;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(2, 10);
    }

    @Override
    public void handle(ApiCall<OffsetCommitRequestData, OffsetCommitResponseData> call) {
        OffsetCommitRequestData request = call.request();
        short version = call.context().version();
        MetadataImage image = metadata.get();
        Map<TopicPartition, OffsetCommitRequest.Entry> offsets = new LinkedHashMap<>();
        for (OffsetCommitRequestTopic topic : request.topics()) {
            find(image, topic, version).ifPresent(found -> addKnown(found, topic, offsets));
        }
        if (offsets.isEmpty()) {
            call.reply(response(request, version, image, (partition, unknown) -> unknown));
            return;
        }
        OffsetCommitter committer = new OffsetCommitter(
                request.memberId(),
                Absent.emptyIfNull(request.groupInstanceId()),
                request.generationIdOrMemberEpoch(),
                version >= FIRST_VERSION_WITH_MEMBER_EPOCHS,
                false);
        OffsetCommitRequest commit =
                new OffsetCommitRequest(request.groupId(), committer, request.retentionTimeMs(), offsets);
        call.replyWith(groups.commitOffsets(commit)
                .thenApply(result -> response(
                        request,
                        version,
                        image,
                        (partition, unknown) -> offsets.containsKey(partition) ? codeOf(result, partition) : unknown)));
    }

    @Override
    public OffsetCommitResponseData errorResponse(
            OffsetCommitRequestData request, short version, ErrorCode code, @Nullable String message) {
        return response(request, version, MetadataImage.EMPTY, (partition, unknown) -> code);
    }

    private static ErrorCode codeOf(OffsetCommitResult result, TopicPartition partition) {
        return result.codeOf(partition);
    }

    private static Optional<TopicImage> find(MetadataImage image, OffsetCommitRequestTopic topic, short version) {
        return version >= FIRST_VERSION_WITH_TOPIC_IDS ? image.topic(topic.topicId()) : image.topic(topic.name());
    }

    private static void addKnown(
            TopicImage found, OffsetCommitRequestTopic topic, Map<TopicPartition, OffsetCommitRequest.Entry> offsets) {
        for (OffsetCommitRequestPartition partition : topic.partitions()) {
            if (found.hasPartition(partition.partitionIndex())) {
                offsets.put(
                        new TopicPartition(found.name(), partition.partitionIndex()),
                        new OffsetCommitRequest.Entry(
                                partition.committedOffset(),
                                partition.committedLeaderEpoch(),
                                Absent.emptyIfNull(partition.committedMetadata()),
                                found.id()));
            }
        }
    }

    /** {@code codeOf} is given the partition and the code for one that does not exist. */
    private static OffsetCommitResponseData response(
            OffsetCommitRequestData request,
            short version,
            MetadataImage image,
            BiFunction<TopicPartition, ErrorCode, ErrorCode> codeOf) {
        boolean byId = version >= FIRST_VERSION_WITH_TOPIC_IDS;
        List<OffsetCommitResponseTopic> topics = new ArrayList<>();
        for (OffsetCommitRequestTopic topic : request.topics()) {
            Optional<TopicImage> found = find(image, topic, version);
            String name = found.map(TopicImage::name).orElse(topic.name());
            ErrorCode unknown =
                    byId && found.isEmpty() ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
            List<OffsetCommitResponsePartition> partitions = new ArrayList<>();
            for (OffsetCommitRequestPartition partition : topic.partitions()) {
                ErrorCode code = codeOf.apply(new TopicPartition(name, partition.partitionIndex()), unknown);
                partitions.add(new OffsetCommitResponsePartition()
                        .setPartitionIndex(partition.partitionIndex())
                        .setErrorCode(code.code()));
            }
            topics.add(new OffsetCommitResponseTopic()
                    .setName(topic.name())
                    .setTopicId(byId ? topic.topicId() : Uuid.ZERO)
                    .setPartitions(partitions));
        }
        return new OffsetCommitResponseData().setTopics(topics);
    }
}
