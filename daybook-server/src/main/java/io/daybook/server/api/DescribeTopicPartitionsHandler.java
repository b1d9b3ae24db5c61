package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.partition.Partitions;
import io.daybook.broker.topic.TopicName;
import io.daybook.broker.topic.TopicService;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.TopicImage;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DescribeTopicPartitionsRequestData;
import io.daybook.protocol.message.DescribeTopicPartitionsRequestData.TopicRequest;
import io.daybook.protocol.message.DescribeTopicPartitionsResponseData;
import io.daybook.protocol.message.DescribeTopicPartitionsResponseData.Cursor;
import io.daybook.protocol.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import io.daybook.protocol.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** DescribeTopicPartitions: topics in the order of their names, a bounded number of partitions at a time. */
public final class DescribeTopicPartitionsHandler
        implements ApiHandler<DescribeTopicPartitionsRequestData, DescribeTopicPartitionsResponseData> {
    private static final int NO_LEADER = -1;

    private final TopicService topics;
    private final Partitions partitions;
    private final LiveConfig config;

    /** Describes these topics. */
    public DescribeTopicPartitionsHandler(TopicService topics, Partitions partitions, LiveConfig config) {
        this.topics = topics;
        this.partitions = partitions;
        this.config = config;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.DESCRIBE_TOPIC_PARTITIONS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 0);
    }

    @Override
    public void handle(ApiCall<DescribeTopicPartitionsRequestData, DescribeTopicPartitionsResponseData> call) {
        DescribeTopicPartitionsRequestData request = call.request();
        DescribeTopicPartitionsRequestData.Cursor cursor = request.cursor();
        if (cursor != null && cursor.partitionIndex() < 0) {
            call.fail(ErrorCode.INVALID_REQUEST, null);
            return;
        }
        String firstTopic = cursor == null ? "" : cursor.topicName();
        int firstPartition = cursor == null ? 0 : cursor.partitionIndex();
        int most = config.current().get(BrokerConfigKeys.MAX_REQUEST_PARTITION_SIZE_LIMIT);
        int limit = Math.max(1, Math.min(request.responsePartitionLimit(), most));
        MetadataImage image = topics.image();
        Page page = new Page(partitions, image.leaderEpoch(), config.current().get(BrokerConfigKeys.NODE_ID), limit);
        if (request.topics().isEmpty()) {
            for (TopicImage topic : image.topicsFrom(firstTopic)) {
                if (!page.add(topic, topic.name().equals(firstTopic) ? firstPartition : 0)) {
                    break;
                }
            }
        } else {
            for (String name : names(request.topics()).tailSet(firstTopic)) {
                Optional<TopicImage> topic = image.topic(name);
                if (topic.isEmpty()) {
                    page.addUnknown(name);
                } else if (!page.add(topic.get(), name.equals(firstTopic) ? firstPartition : 0)) {
                    break;
                }
            }
        }
        call.reply(page.response);
    }

    @Override
    public DescribeTopicPartitionsResponseData errorResponse(
            DescribeTopicPartitionsRequestData request, short version, ErrorCode code, @Nullable String message) {
        DescribeTopicPartitionsResponseData response = new DescribeTopicPartitionsResponseData();
        for (TopicRequest topic : request.topics()) {
            response.topics()
                    .add(new DescribeTopicPartitionsResponseTopic()
                            .setName(topic.name())
                            .setErrorCode(code.code()));
        }
        return response;
    }

    private static TreeSet<String> names(List<TopicRequest> requests) {
        TreeSet<String> names = new TreeSet<>();
        requests.forEach(request -> names.add(request.name()));
        return names;
    }

    private static final class Page {
        private final DescribeTopicPartitionsResponseData response = new DescribeTopicPartitionsResponseData();
        private final Partitions known;
        private final int leaderEpoch;
        private final List<Integer> replicas;
        private int room;

        Page(Partitions known, int leaderEpoch, int brokerId, int room) {
            this.known = known;
            this.leaderEpoch = leaderEpoch;
            this.replicas = List.of(brokerId);
            this.room = room;
        }

        /** Adds a topic from one of its partitions on. False if the page is full, and the next one begins in this topic. */
        boolean add(TopicImage topic, int firstPartition) {
            if (room == 0) {
                return endBefore(topic, 0);
            }
            int end = Math.min(topic.partitionCount(), (int) Math.min(Integer.MAX_VALUE, (long) firstPartition + room));
            List<DescribeTopicPartitionsResponsePartition> partitions = new ArrayList<>();
            BitSet offline = known.offline(topic);
            for (int partition = firstPartition; partition < end; partition++) {
                boolean isOffline = offline.get(partition);
                partitions.add(new DescribeTopicPartitionsResponsePartition()
                        .setErrorCode((isOffline ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE).code())
                        .setPartitionIndex(partition)
                        .setLeaderId(isOffline ? NO_LEADER : replicas.get(0))
                        .setLeaderEpoch(leaderEpoch)
                        .setReplicaNodes(replicas)
                        .setIsrNodes(replicas)
                        .setOfflineReplicas(isOffline ? replicas : List.of())
                        .setEligibleLeaderReplicas(List.of())
                        .setLastKnownElr(List.of()));
            }
            room -= partitions.size();
            response.topics()
                    .add(new DescribeTopicPartitionsResponseTopic()
                            .setName(topic.name())
                            .setTopicId(topic.id())
                            .setIsInternal(TopicName.isInternal(topic.name()))
                            .setPartitions(partitions)
                            .setTopicAuthorizedOperations(AuthorizedOperations.TOPIC));
            return end >= topic.partitionCount() || endBefore(topic, end);
        }

        void addUnknown(String name) {
            ErrorCode code = TopicName.problem(name).isPresent()
                    ? ErrorCode.INVALID_TOPIC_EXCEPTION
                    : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
            response.topics()
                    .add(new DescribeTopicPartitionsResponseTopic()
                            .setName(name)
                            .setErrorCode(code.code()));
        }

        private boolean endBefore(TopicImage topic, int partition) {
            response.setNextCursor(new Cursor().setTopicName(topic.name()).setPartitionIndex(partition));
            return false;
        }
    }
}
