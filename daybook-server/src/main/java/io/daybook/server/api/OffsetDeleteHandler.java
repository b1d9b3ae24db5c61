package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.broker.group.GroupService;
import io.daybook.broker.group.OffsetDeleteResult;
import io.daybook.metadata.MetadataImage;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.OffsetDeleteRequestData;
import io.daybook.protocol.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import io.daybook.protocol.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import io.daybook.protocol.message.OffsetDeleteResponseData;
import io.daybook.protocol.message.OffsetDeleteResponseData.OffsetDeleteResponsePartition;
import io.daybook.protocol.message.OffsetDeleteResponseData.OffsetDeleteResponseTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** OffsetDelete: a group forgets offsets of topics that it does not subscribe to. */
public final class OffsetDeleteHandler implements ApiHandler<OffsetDeleteRequestData, OffsetDeleteResponseData> {
    private final GroupService groups;
    private final Supplier<MetadataImage> metadata;

    /** Deletes in these groups. */
    public OffsetDeleteHandler(GroupService groups, Supplier<MetadataImage> metadata) {
        this.groups = groups;
        this.metadata = metadata;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.OFFSET_DELETE;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 0);
    }

    @Override
    public void handle(ApiCall<OffsetDeleteRequestData, OffsetDeleteResponseData> call) {
        OffsetDeleteRequestData request = call.request();
        if (request.groupId().isEmpty()) {
            call.fail(ErrorCode.INVALID_GROUP_ID, null);
            return;
        }
        MetadataImage image = metadata.get();
        List<TopicPartition> known = new ArrayList<>();
        for (OffsetDeleteRequestTopic topic : request.topics()) {
            for (OffsetDeleteRequestPartition each : topic.partitions()) {
                if (exists(image, topic.name(), each.partitionIndex())) {
                    known.add(new TopicPartition(topic.name(), each.partitionIndex()));
                }
            }
        }
        call.replyWith(groups.deleteOffsets(request.groupId(), known).thenApply(result -> response(request, result)));
    }

    @Override
    public OffsetDeleteResponseData errorResponse(
            OffsetDeleteRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new OffsetDeleteResponseData().setErrorCode(code.code());
    }

    private static boolean exists(MetadataImage image, String topic, int partition) {
        return image.topic(topic).map(found -> found.hasPartition(partition)).orElse(false);
    }

    private static OffsetDeleteResponseData response(OffsetDeleteRequestData request, OffsetDeleteResult result) {
        if (!result.code().isNone()) {
            return new OffsetDeleteResponseData().setErrorCode(result.code().code());
        }
        List<OffsetDeleteResponseTopic> topics = new ArrayList<>();
        for (OffsetDeleteRequestTopic topic : request.topics()) {
            List<OffsetDeleteResponsePartition> partitions = new ArrayList<>();
            for (OffsetDeleteRequestPartition each : topic.partitions()) {
                ErrorCode code = result.partitions()
                        .getOrDefault(
                                new TopicPartition(topic.name(), each.partitionIndex()),
                                ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
                partitions.add(new OffsetDeleteResponsePartition()
                        .setPartitionIndex(each.partitionIndex())
                        .setErrorCode(code.code()));
            }
            topics.add(new OffsetDeleteResponseTopic().setName(topic.name()).setPartitions(partitions));
        }
        return new OffsetDeleteResponseData().setTopics(topics);
    }
}
