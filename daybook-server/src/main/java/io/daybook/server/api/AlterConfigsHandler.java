package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.topic.ConfigAlteration;
import io.daybook.broker.topic.ConfigAlteration.Edit;
import io.daybook.broker.topic.ConfigAlteration.Operation;
import io.daybook.broker.topic.ConfigOutcome;
import io.daybook.broker.topic.ConfigService;
import io.daybook.metadata.ConfigResource;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.AlterConfigsRequestData;
import io.daybook.protocol.message.AlterConfigsRequestData.AlterConfigsResource;
import io.daybook.protocol.message.AlterConfigsRequestData.AlterableConfig;
import io.daybook.protocol.message.AlterConfigsResponseData;
import io.daybook.protocol.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** AlterConfigs: replaces the whole configuration of resources. Old clients only. */
public final class AlterConfigsHandler implements ApiHandler<AlterConfigsRequestData, AlterConfigsResponseData> {
    private final ConfigService configs;

    /** Changes these configurations. */
    public AlterConfigsHandler(ConfigService configs) {
        this.configs = configs;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.ALTER_CONFIGS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 2);
    }

    @Override
    public void handle(ApiCall<AlterConfigsRequestData, AlterConfigsResponseData> call) {
        List<AlterConfigsResourceResponse> malformed = new ArrayList<>();
        List<ConfigAlteration> alterations = new ArrayList<>();
        for (AlterConfigsResource resource : call.request().resources()) {
            Optional<String> problem = problem(resource);
            if (problem.isPresent()) {
                malformed.add(response(resource, ErrorCode.INVALID_REQUEST, problem.get()));
            } else {
                alterations.add(alteration(resource));
            }
        }
        call.replyWith(configs.alter(alterations, call.request().validateOnly())
                .thenApply(outcomes -> answer(outcomes, malformed)));
    }

    @Override
    public AlterConfigsResponseData errorResponse(
            AlterConfigsRequestData request, short version, ErrorCode code, @Nullable String message) {
        AlterConfigsResponseData response = new AlterConfigsResponseData();
        for (AlterConfigsResource resource : request.resources()) {
            response.responses().add(response(resource, code, message));
        }
        return response;
    }

    private static Optional<String> problem(AlterConfigsResource resource) {
        if (!ConfigResource.Type.isKnown(resource.resourceType())) {
            return Optional.of("Unknown resource type " + resource.resourceType());
        }
        return Optional.empty();
    }

    private static ConfigAlteration alteration(AlterConfigsResource resource) {
        List<Edit> edits = new ArrayList<>();
        for (AlterableConfig config : resource.configs()) {
            edits.add(new Edit(config.name(), Operation.SET, Optional.ofNullable(config.value())));
        }
        return new ConfigAlteration(
                new ConfigResource(ConfigResource.Type.of(resource.resourceType()), resource.resourceName()),
                edits,
                true);
    }

    private static AlterConfigsResponseData answer(
            List<ConfigOutcome> outcomes, List<AlterConfigsResourceResponse> malformed) {
        // A resource that is there twice gets one answer.
        Map<ConfigResource, AlterConfigsResourceResponse> answers = new LinkedHashMap<>();
        for (ConfigOutcome outcome : outcomes) {
            answers.putIfAbsent(
                    outcome.resource(),
                    new AlterConfigsResourceResponse()
                            .setErrorCode(outcome.code().code())
                            .setErrorMessage(outcome.code().isNone() ? null : outcome.message())
                            .setResourceType(outcome.resource().type().id())
                            .setResourceName(outcome.resource().name()));
        }
        List<AlterConfigsResourceResponse> responses = new ArrayList<>(malformed);
        responses.addAll(answers.values());
        return new AlterConfigsResponseData().setResponses(responses);
    }

    private static AlterConfigsResourceResponse response(
            AlterConfigsResource resource, ErrorCode code, @Nullable String message) {
        return new AlterConfigsResourceResponse()
                .setErrorCode(code.code())
                .setErrorMessage(message)
                .setResourceType(resource.resourceType())
                .setResourceName(resource.resourceName());
    }
}
