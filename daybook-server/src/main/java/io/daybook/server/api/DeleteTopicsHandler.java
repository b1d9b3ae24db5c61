package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.broker.topic.TopicOutcome;
import io.daybook.broker.topic.TopicReference;
import io.daybook.broker.topic.TopicService;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DeleteTopicsRequestData;
import io.daybook.protocol.message.DeleteTopicsRequestData.DeleteTopicState;
import io.daybook.protocol.message.DeleteTopicsResponseData;
import io.daybook.protocol.message.DeleteTopicsResponseData.DeletableTopicResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** DeleteTopics: by name or by id. */
public final class DeleteTopicsHandler implements ApiHandler<DeleteTopicsRequestData, DeleteTopicsResponseData> {
    private static final short FIRST_VERSION_BY_ID = 6;
    private static final short FIRST_VERSION_WITH_DISABLED = 3;

    private final TopicService topics;

    /** Deletes these topics. */
    public DeleteTopicsHandler(TopicService topics) {
        this.topics = topics;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.DELETE_TOPICS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(1, 6);
    }

    @Override
    public void handle(ApiCall<DeleteTopicsRequestData, DeleteTopicsResponseData> call) {
        short version = call.context().version();
        List<DeletableTopicResult> malformed = new ArrayList<>();
        List<TopicReference> meant = new ArrayList<>();
        if (version < FIRST_VERSION_BY_ID) {
            call.request().topicNames().forEach(name -> meant.add(TopicReference.named(name)));
        } else {
            for (DeleteTopicState topic : call.request().topics()) {
                String name = topic.name();
                boolean hasId = !topic.topicId().equals(Uuid.ZERO);
                if (hasId == (name != null)) {
                    malformed.add(result(name, topic.topicId())
                            .setErrorCode(ErrorCode.INVALID_REQUEST.code())
                            .setErrorMessage(
                                    hasId
                                            ? "You may not specify both topic name and topic id."
                                            : "Neither topic name nor id were specified."));
                } else {
                    meant.add(name != null ? TopicReference.named(name) : TopicReference.identified(topic.topicId()));
                }
            }
        }
        call.replyWith(topics.delete(meant).thenApply(outcomes -> answer(meant, outcomes, malformed, version)));
    }

    @Override
    public DeleteTopicsResponseData errorResponse(
            DeleteTopicsRequestData request, short version, ErrorCode code, @Nullable String message) {
        DeleteTopicsResponseData response = new DeleteTopicsResponseData();
        if (version < FIRST_VERSION_BY_ID) {
            for (String name : request.topicNames()) {
                response.responses().add(result(name, Uuid.ZERO).setErrorCode(code.code()));
            }
        } else {
            for (DeleteTopicState topic : request.topics()) {
                response.responses()
                        .add(result(topic.name(), topic.topicId())
                                .setErrorCode(code.code())
                                .setErrorMessage(message));
            }
        }
        return response;
    }

    private static DeleteTopicsResponseData answer(
            List<TopicReference> meant,
            List<TopicOutcome> outcomes,
            List<DeletableTopicResult> malformed,
            short version) {
        Map<TopicReference, DeletableTopicResult> answers = new LinkedHashMap<>();
        for (int i = 0; i < meant.size(); i++) {
            answers.putIfAbsent(meant.get(i), answer(meant.get(i), outcomes.get(i), version));
        }
        List<DeletableTopicResult> results = new ArrayList<>(malformed);
        results.addAll(answers.values());
        return new DeleteTopicsResponseData().setResponses(results);
    }

    private static DeletableTopicResult answer(TopicReference meant, TopicOutcome outcome, short version) {
        String name = meant.isById() && outcome.name().isEmpty() ? null : outcome.name();
        ErrorCode code = outcome.code() == ErrorCode.TOPIC_DELETION_DISABLED && version < FIRST_VERSION_WITH_DISABLED
                ? ErrorCode.INVALID_REQUEST
                : outcome.code();
        DeletableTopicResult result = result(name, outcome.id()).setErrorCode(code.code());
        return code.isNone() ? result : result.setErrorMessage(outcome.message());
    }

    private static DeletableTopicResult result(@Nullable String name, Uuid id) {
        return new DeletableTopicResult().setName(name).setTopicId(id);
    }
}
