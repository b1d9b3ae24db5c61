package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.broker.group.CommittedOffset;
import io.daybook.broker.group.OffsetFetchRequest;
import io.daybook.broker.group.OffsetFetchResult;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.TopicImage;
import io.daybook.protocol.message.OffsetFetchRequestData;
import io.daybook.protocol.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import io.daybook.protocol.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import io.daybook.protocol.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import io.daybook.protocol.message.OffsetFetchResponseData;
import io.daybook.protocol.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import io.daybook.protocol.message.OffsetFetchResponseData.OffsetFetchResponsePartition;
import io.daybook.protocol.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import io.daybook.protocol.message.OffsetFetchResponseData.OffsetFetchResponseTopic;
import io.daybook.protocol.message.OffsetFetchResponseData.OffsetFetchResponseTopics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * OffsetFetch in its versions: before 8 about one group, from 10 on with topic ids. Everything is said as version 8 says
 * it, and translated at the edges.
 */
final class OffsetFetchMessages {
    private static final int FIRST_VERSION_WITH_TOP_LEVEL_ERROR = 2;
    private static final int FIRST_BATCH_VERSION = 8;
    private static final int FIRST_VERSION_WITH_TOPIC_IDS = 10;
    private static final int NO_EPOCH = -1;

    private final short version;
    private final MetadataImage metadata;

    OffsetFetchMessages(short version, MetadataImage metadata) {
        this.version = version;
        this.metadata = metadata;
    }

    /** What is asked for, group by group. */
    List<OffsetFetchRequestGroup> groups(OffsetFetchRequestData request) {
        if (version >= FIRST_BATCH_VERSION) {
            return request.groups();
        }
        return List.of(new OffsetFetchRequestGroup()
                .setGroupId(request.groupId())
                .setMemberId(null)
                .setMemberEpoch(NO_EPOCH)
                .setTopics(topics(request.topics())));
    }

    private static @Nullable List<OffsetFetchRequestTopics> topics(@Nullable List<OffsetFetchRequestTopic> topics) {
        if (topics == null) {
            return null;
        }
        List<OffsetFetchRequestTopics> all = new ArrayList<>(topics.size());
        for (OffsetFetchRequestTopic topic : topics) {
            all.add(new OffsetFetchRequestTopics().setName(topic.name()).setPartitionIndexes(topic.partitionIndexes()));
        }
        return all;
    }

    /** The question about one group; topics whose identity is not known are left out of it. */
    OffsetFetchRequest request(OffsetFetchRequestGroup group) {
        return new OffsetFetchRequest(
                group.groupId(), Absent.emptyIfNull(group.memberId()), group.memberEpoch(), partitions(group.topics()));
    }

    private Optional<List<TopicIdPartition>> partitions(@Nullable List<OffsetFetchRequestTopics> topics) {
        if (topics == null) {
            return Optional.empty();
        }
        List<TopicIdPartition> partitions = new ArrayList<>();
        for (OffsetFetchRequestTopics topic : topics) {
            nameOf(topic).ifPresent(name -> {
                Uuid topicId = metadata.topic(name).map(TopicImage::id).orElse(Uuid.ZERO);
                topic.partitionIndexes()
                        .forEach(index ->
                                partitions.add(new TopicIdPartition(topicId, new TopicPartition(name, index))));
            });
        }
        return Optional.of(partitions);
    }

    private Optional<String> nameOf(OffsetFetchRequestTopics topic) {
        return version >= FIRST_VERSION_WITH_TOPIC_IDS
                ? metadata.topic(topic.topicId()).map(TopicImage::name)
                : Optional.of(topic.name());
    }

    /** The answer about one group. */
    OffsetFetchResponseGroup answer(OffsetFetchRequestGroup group, OffsetFetchResult result) {
        if (!result.code().isNone()) {
            return failed(group, result.code());
        }
        List<OffsetFetchRequestTopics> asked = group.topics();
        return new OffsetFetchResponseGroup()
                .setGroupId(group.groupId())
                .setTopics(asked == null ? everything(result) : answers(asked, result));
    }

    private List<OffsetFetchResponseTopics> answers(List<OffsetFetchRequestTopics> asked, OffsetFetchResult result) {
        List<OffsetFetchResponseTopics> topics = new ArrayList<>(asked.size());
        for (OffsetFetchRequestTopics topic : asked) {
            Optional<String> name = nameOf(topic);
            List<OffsetFetchResponsePartitions> partitions = new ArrayList<>();
            for (int index : topic.partitionIndexes()) {
                OffsetFetchResponsePartitions partition = name.map(known -> partition(known, index, result))
                        .orElseGet(() -> nothing(index, ErrorCode.UNKNOWN_TOPIC_ID));
                partitions.add(partition);
            }
            topics.add(new OffsetFetchResponseTopics()
                    .setName(topic.name())
                    .setTopicId(topic.topicId())
                    .setPartitions(partitions));
        }
        return topics;
    }

    private static OffsetFetchResponsePartitions partition(String topic, int index, OffsetFetchResult result) {
        CommittedOffset offset = result.offsets().get(new TopicPartition(topic, index));
        return offset == null ? nothing(index, ErrorCode.NONE) : committed(index, offset);
    }

    /** A topic without an identity cannot be told to a client that knows topics by identity only. */
    private List<OffsetFetchResponseTopics> everything(OffsetFetchResult result) {
        Map<String, List<OffsetFetchResponsePartitions>> byTopic = new LinkedHashMap<>();
        result.offsets()
                .forEach((partition, offset) -> byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                        .add(committed(partition.partition(), offset)));
        List<OffsetFetchResponseTopics> topics = new ArrayList<>();
        byTopic.forEach((name, partitions) -> {
            Uuid topicId = metadata.topic(name).map(TopicImage::id).orElse(Uuid.ZERO);
            if (version < FIRST_VERSION_WITH_TOPIC_IDS || !topicId.equals(Uuid.ZERO)) {
                topics.add(new OffsetFetchResponseTopics()
                        .setName(name)
                        .setTopicId(topicId)
                        .setPartitions(partitions));
            }
        });
        return topics;
    }

    private static OffsetFetchResponsePartitions committed(int index, CommittedOffset offset) {
        return new OffsetFetchResponsePartitions()
                .setPartitionIndex(index)
                .setCommittedOffset(offset.offset())
                .setCommittedLeaderEpoch(offset.leaderEpoch())
                .setMetadata(offset.metadata());
    }

    private static OffsetFetchResponsePartitions nothing(int index, ErrorCode code) {
        return new OffsetFetchResponsePartitions()
                .setPartitionIndex(index)
                .setCommittedOffset(CommittedOffset.NO_OFFSET)
                .setCommittedLeaderEpoch(CommittedOffset.NO_LEADER_EPOCH)
                .setMetadata("")
                .setErrorCode(code.code());
    }

    /** An error about a whole group; the oldest version has a place for it only at each partition. */
    OffsetFetchResponseGroup failed(OffsetFetchRequestGroup group, ErrorCode code) {
        OffsetFetchResponseGroup failed =
                new OffsetFetchResponseGroup().setGroupId(group.groupId()).setErrorCode(code.code());
        List<OffsetFetchRequestTopics> asked = group.topics();
        if (version >= FIRST_VERSION_WITH_TOP_LEVEL_ERROR || asked == null) {
            return failed;
        }
        List<OffsetFetchResponseTopics> topics = new ArrayList<>();
        for (OffsetFetchRequestTopics topic : asked) {
            List<OffsetFetchResponsePartitions> partitions = new ArrayList<>();
            topic.partitionIndexes().forEach(index -> partitions.add(nothing(index, code)));
            topics.add(new OffsetFetchResponseTopics().setName(topic.name()).setPartitions(partitions));
        }
        return failed.setTopics(topics);
    }

    /** The whole answer. */
    OffsetFetchResponseData response(List<OffsetFetchResponseGroup> answers) {
        if (version >= FIRST_BATCH_VERSION) {
            return new OffsetFetchResponseData().setGroups(answers);
        }
        OffsetFetchResponseGroup only = answers.get(0);
        List<OffsetFetchResponseTopic> topics = new ArrayList<>();
        for (OffsetFetchResponseTopics topic : only.topics()) {
            List<OffsetFetchResponsePartition> partitions = new ArrayList<>();
            for (OffsetFetchResponsePartitions partition : topic.partitions()) {
                partitions.add(new OffsetFetchResponsePartition()
                        .setPartitionIndex(partition.partitionIndex())
                        .setCommittedOffset(partition.committedOffset())
                        .setCommittedLeaderEpoch(partition.committedLeaderEpoch())
                        .setMetadata(partition.metadata())
                        .setErrorCode(partition.errorCode()));
            }
            topics.add(new OffsetFetchResponseTopic().setName(topic.name()).setPartitions(partitions));
        }
        return new OffsetFetchResponseData().setErrorCode(only.errorCode()).setTopics(topics);
    }
}
