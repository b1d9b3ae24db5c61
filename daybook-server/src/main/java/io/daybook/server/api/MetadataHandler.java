package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.partition.Partitions;
import io.daybook.broker.topic.TopicName;
import io.daybook.broker.topic.TopicOutcome;
import io.daybook.broker.topic.TopicService;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.TopicImage;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.MetadataRequestData;
import io.daybook.protocol.message.MetadataRequestData.MetadataRequestTopic;
import io.daybook.protocol.message.MetadataResponseData;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseBroker;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponsePartition;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Metadata: the broker's address, and the topics that are asked for, which this may create. */
public final class MetadataHandler implements ApiHandler<MetadataRequestData, MetadataResponseData> {
    private static final short FIRST_VERSION_WITH_NULL_FOR_ALL = 1;
    private static final short FIRST_VERSION_BY_ID = 12;
    private static final int NO_LEADER = -1;

    private final TopicService topics;
    private final Partitions partitions;
    private final LiveConfig config;
    private final AdvertisedEndpoints endpoints;

    /** Tells clients of these topics, and to come to these endpoints. */
    public MetadataHandler(
            TopicService topics, Partitions partitions, LiveConfig config, AdvertisedEndpoints endpoints) {
        this.topics = topics;
        this.partitions = partitions;
        this.config = config;
        this.endpoints = endpoints;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.METADATA;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 13);
    }

    @Override
    public void handle(ApiCall<MetadataRequestData, MetadataResponseData> call) {
        short version = call.context().version();
        List<MetadataRequestTopic> asked = call.request().topics();
        boolean isAll = asked == null || asked.isEmpty() && version < FIRST_VERSION_WITH_NULL_FOR_ALL;
        if (asked == null || isAll) {
            MetadataImage image = topics.image();
            List<MetadataResponseTopic> answers = new ArrayList<>(image.topicCount());
            for (TopicImage topic : image.topics()) {
                answers.add(answer(image, topic, call.request()));
            }
            call.reply(response(image, call).setTopics(answers));
            return;
        }
        if (version < FIRST_VERSION_BY_ID && asked.stream().anyMatch(MetadataHandler::isById)) {
            call.fail(ErrorCode.INVALID_REQUEST, null);
            return;
        }
        List<String> missing = missing(asked);
        boolean creates = call.request().allowAutoTopicCreation()
                && config.current().get(BrokerConfigKeys.AUTO_CREATE_TOPICS_ENABLE);
        if (missing.isEmpty() || !creates) {
            call.reply(answer(call, asked, Map.of()));
        } else {
            call.replyWith(topics.ensure(missing).thenApply(outcomes -> answer(call, asked, refusals(outcomes))));
        }
    }

    @Override
    public MetadataResponseData errorResponse(
            MetadataRequestData request, short version, ErrorCode code, @Nullable String message) {
        MetadataResponseData response = new MetadataResponseData().setErrorCode(code.code());
        List<MetadataRequestTopic> asked = request.topics();
        if (asked != null) {
            for (MetadataRequestTopic topic : asked) {
                String name = topic.name();
                response.topics()
                        .add(new MetadataResponseTopic()
                                .setErrorCode(code.code())
                                .setName(name == null && version < FIRST_VERSION_BY_ID ? "" : name)
                                .setTopicId(topic.topicId()));
            }
        }
        return response;
    }

    private static boolean isById(MetadataRequestTopic topic) {
        return topic.name() == null || !topic.topicId().equals(Uuid.ZERO);
    }

    private List<String> missing(List<MetadataRequestTopic> asked) {
        MetadataImage image = topics.image();
        Set<String> missing = new LinkedHashSet<>();
        for (MetadataRequestTopic topic : asked) {
            String name = topic.name();
            if (name != null
                    && topic.topicId().equals(Uuid.ZERO)
                    && image.topic(name).isEmpty()) {
                missing.add(name);
            }
        }
        return List.copyOf(missing);
    }

    private static Map<String, ErrorCode> refusals(List<TopicOutcome> outcomes) {
        Map<String, ErrorCode> refusals = new HashMap<>();
        for (TopicOutcome outcome : outcomes) {
            if (!outcome.code().isNone()) {
                refusals.put(outcome.name(), refusal(outcome.code()));
            }
        }
        return refusals;
    }

    /** What clients of Metadata understand: they try again later, or give up because of the name. */
    private static ErrorCode refusal(ErrorCode code) {
        return code == ErrorCode.INVALID_TOPIC_EXCEPTION || code == ErrorCode.INVALID_REQUEST
                ? ErrorCode.INVALID_TOPIC_EXCEPTION
                : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }

    private MetadataResponseData answer(
            ApiCall<MetadataRequestData, MetadataResponseData> call,
            List<MetadataRequestTopic> asked,
            Map<String, ErrorCode> refusals) {
        MetadataImage image = topics.image();
        List<MetadataResponseTopic> answers = new ArrayList<>(asked.size());
        for (MetadataRequestTopic topic : asked) {
            String name = topic.name();
            boolean isById = !topic.topicId().equals(Uuid.ZERO);
            answers.add((isById ? image.topic(topic.topicId()) : image.topic(name == null ? "" : name))
                    .map(found -> answer(image, found, call.request()))
                    .orElseGet(() -> isById ? unknown(topic.topicId()) : unknown(name == null ? "" : name, refusals)));
        }
        return response(image, call).setTopics(answers);
    }

    private static MetadataResponseTopic unknown(Uuid id) {
        return new MetadataResponseTopic()
                .setErrorCode(ErrorCode.UNKNOWN_TOPIC_ID.code())
                .setName(null)
                .setTopicId(id);
    }

    private static MetadataResponseTopic unknown(String name, Map<String, ErrorCode> refusals) {
        ErrorCode code = TopicName.problem(name).isPresent()
                ? ErrorCode.INVALID_TOPIC_EXCEPTION
                : refusals.getOrDefault(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        return new MetadataResponseTopic()
                .setErrorCode(code.code())
                .setName(name)
                .setIsInternal(TopicName.isInternal(name));
    }

    private MetadataResponseTopic answer(MetadataImage image, TopicImage topic, MetadataRequestData request) {
        List<Integer> replicas = List.of(config.current().get(BrokerConfigKeys.NODE_ID));
        List<MetadataResponsePartition> answers = new ArrayList<>(topic.partitionCount());
        BitSet offline = partitions.offline(topic);
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            boolean isOffline = offline.get(partition);
            answers.add(new MetadataResponsePartition()
                    .setErrorCode((isOffline ? ErrorCode.LEADER_NOT_AVAILABLE : ErrorCode.NONE).code())
                    .setPartitionIndex(partition)
                    .setLeaderId(isOffline ? NO_LEADER : replicas.get(0))
                    .setLeaderEpoch(image.leaderEpoch())
                    .setReplicaNodes(replicas)
                    .setIsrNodes(replicas)
                    .setOfflineReplicas(isOffline ? replicas : List.of()));
        }
        return new MetadataResponseTopic()
                .setName(topic.name())
                .setTopicId(topic.id())
                .setIsInternal(TopicName.isInternal(topic.name()))
                .setPartitions(answers)
                .setTopicAuthorizedOperations(
                        request.includeTopicAuthorizedOperations()
                                ? AuthorizedOperations.TOPIC
                                : AuthorizedOperations.NOT_ASKED);
    }

    private MetadataResponseData response(
            MetadataImage image, ApiCall<MetadataRequestData, MetadataResponseData> call) {
        BrokerConfig broker = config.current();
        Endpoint endpoint = endpoints.forClientOf(call.context());
        return new MetadataResponseData()
                .setBrokers(List.of(new MetadataResponseBroker()
                        .setNodeId(broker.get(BrokerConfigKeys.NODE_ID))
                        .setHost(endpoint.host())
                        .setPort(endpoint.port())
                        .setRack(broker.find(BrokerConfigKeys.BROKER_RACK).orElse(null))))
                .setClusterId(image.clusterId())
                .setControllerId(broker.get(BrokerConfigKeys.NODE_ID))
                .setClusterAuthorizedOperations(
                        call.request().includeClusterAuthorizedOperations()
                                ? AuthorizedOperations.CLUSTER
                                : AuthorizedOperations.NOT_ASKED);
    }
}
