package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.topic.MorePartitions;
import io.daybook.broker.topic.TopicOutcome;
import io.daybook.broker.topic.TopicService;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.CreatePartitionsRequestData;
import io.daybook.protocol.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import io.daybook.protocol.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import io.daybook.protocol.message.CreatePartitionsResponseData;
import io.daybook.protocol.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CreatePartitions: gives topics more partitions. */
public final class CreatePartitionsHandler
        implements ApiHandler<CreatePartitionsRequestData, CreatePartitionsResponseData> {
    private final TopicService topics;

    /** Grows these topics. */
    public CreatePartitionsHandler(TopicService topics) {
        this.topics = topics;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.CREATE_PARTITIONS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 3);
    }

    @Override
    public void handle(ApiCall<CreatePartitionsRequestData, CreatePartitionsResponseData> call) {
        CreatePartitionsRequestData request = call.request();
        List<MorePartitions> wanted =
                request.topics().stream().map(CreatePartitionsHandler::wanted).toList();
        call.replyWith(topics.addPartitions(wanted, request.validateOnly()).thenApply(CreatePartitionsHandler::answer));
    }

    @Override
    public CreatePartitionsResponseData errorResponse(
            CreatePartitionsRequestData request, short version, ErrorCode code, @Nullable String message) {
        CreatePartitionsResponseData response = new CreatePartitionsResponseData();
        for (CreatePartitionsTopic topic : request.topics()) {
            response.results().add(result(topic.name(), code, message));
        }
        return response;
    }

    private static MorePartitions wanted(CreatePartitionsTopic topic) {
        List<CreatePartitionsAssignment> assignments = topic.assignments();
        return new MorePartitions(
                topic.name(),
                topic.count(),
                assignments == null
                        ? List.of()
                        : assignments.stream()
                                .map(CreatePartitionsAssignment::brokerIds)
                                .toList());
    }

    private static CreatePartitionsResponseData answer(List<TopicOutcome> outcomes) {
        Map<String, CreatePartitionsTopicResult> answers = new LinkedHashMap<>();
        for (TopicOutcome outcome : outcomes) {
            String message = outcome.code().isNone() ? null : outcome.message();
            answers.putIfAbsent(outcome.name(), result(outcome.name(), outcome.code(), message));
        }
        return new CreatePartitionsResponseData().setResults(new ArrayList<>(answers.values()));
    }

    private static CreatePartitionsTopicResult result(String name, ErrorCode code, @Nullable String message) {
        return new CreatePartitionsTopicResult()
                .setName(name)
                .setErrorCode(code.code())
                .setErrorMessage(message);
    }
}
