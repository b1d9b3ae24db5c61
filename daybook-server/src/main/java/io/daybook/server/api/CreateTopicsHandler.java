package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.DescribedConfig;
import io.daybook.broker.topic.ConfigService;
import io.daybook.broker.topic.NewTopic;
import io.daybook.broker.topic.TopicOutcome;
import io.daybook.broker.topic.TopicService;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.CreateTopicsRequestData;
import io.daybook.protocol.message.CreateTopicsRequestData.CreatableTopic;
import io.daybook.protocol.message.CreateTopicsRequestData.CreatableTopicConfig;
import io.daybook.protocol.message.CreateTopicsResponseData;
import io.daybook.protocol.message.CreateTopicsResponseData.CreatableTopicConfigs;
import io.daybook.protocol.message.CreateTopicsResponseData.CreatableTopicResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CreateTopics: makes topics, or says what would be made. */
public final class CreateTopicsHandler implements ApiHandler<CreateTopicsRequestData, CreateTopicsResponseData> {
    private static final short FIRST_VERSION_WITH_CONFIGS = 5;

    private final TopicService topics;
    private final ConfigService configs;

    /** Creates topics with one service and describes them with the other. */
    public CreateTopicsHandler(TopicService topics, ConfigService configs) {
        this.topics = topics;
        this.configs = configs;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.CREATE_TOPICS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(2, 7);
    }

    @Override
    public void handle(ApiCall<CreateTopicsRequestData, CreateTopicsResponseData> call) {
        CreateTopicsRequestData request = call.request();
        short version = call.context().version();
        List<NewTopic> wanted =
                request.topics().stream().map(CreateTopicsHandler::wanted).toList();
        call.replyWith(topics.create(wanted, request.validateOnly()).thenApply(outcomes -> answer(outcomes, version)));
    }

    @Override
    public CreateTopicsResponseData errorResponse(
            CreateTopicsRequestData request, short version, ErrorCode code, @Nullable String message) {
        CreateTopicsResponseData response = new CreateTopicsResponseData();
        for (CreatableTopic topic : request.topics()) {
            response.topics().add(refused(topic.name(), code, message));
        }
        return response;
    }

    private static NewTopic wanted(CreatableTopic topic) {
        Map<String, Optional<String>> configs = new HashMap<>();
        for (CreatableTopicConfig config : topic.configs()) {
            configs.put(config.name(), Optional.ofNullable(config.value()));
        }
        return new NewTopic(
                topic.name(),
                topic.numPartitions(),
                topic.replicationFactor(),
                topic.assignments().stream()
                        .map(each -> new NewTopic.PartitionAssignment(each.partitionIndex(), each.brokerIds()))
                        .toList(),
                configs);
    }

    private CreateTopicsResponseData answer(List<TopicOutcome> outcomes, short version) {
        // A name that is there twice gets one answer: clients look answers up by name.
        Map<String, CreatableTopicResult> answers = new LinkedHashMap<>();
        for (TopicOutcome outcome : outcomes) {
            answers.putIfAbsent(
                    outcome.name(),
                    outcome.code().isNone()
                            ? created(outcome, version)
                            : refused(outcome.name(), outcome.code(), outcome.message()));
        }
        return new CreateTopicsResponseData().setTopics(new ArrayList<>(answers.values()));
    }

    private CreatableTopicResult created(TopicOutcome outcome, short version) {
        CreatableTopicResult result =
                new CreatableTopicResult().setName(outcome.name()).setTopicId(outcome.id());
        if (version >= FIRST_VERSION_WITH_CONFIGS) {
            result.setNumPartitions(outcome.topic().orElseThrow().partitionCount())
                    .setReplicationFactor((short) 1)
                    .setConfigs(configs.describeTopic(outcome.configs()).stream()
                            .map(CreateTopicsHandler::config)
                            .toList());
        }
        return result;
    }

    private static CreatableTopicConfigs config(DescribedConfig config) {
        return new CreatableTopicConfigs()
                .setName(config.name())
                .setValue(config.value().orElse(null))
                .setReadOnly(config.isReadOnly())
                .setConfigSource(config.source().id())
                .setIsSensitive(config.isSensitive());
    }

    private static CreatableTopicResult refused(String name, ErrorCode code, @Nullable String message) {
        return new CreatableTopicResult()
                .setName(name)
                .setErrorCode(code.code())
                .setErrorMessage(message)
                .setConfigs(List.of());
    }
}
