package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.topic.ConfigAlteration.Edit;
import io.daybook.broker.topic.ConfigAlteration.Operation;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.IncrementalAlterConfigsRequestData;
import io.daybook.protocol.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import io.daybook.protocol.message.IncrementalAlterConfigsResponseData;
import io.daybook.protocol.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** IncrementalAlterConfigs: changes single keys of the configuration of resources. */
public final class IncrementalAlterConfigsHandler
        implements ApiHandler<IncrementalAlterConfigsRequestData, IncrementalAlterConfigsResponseData> {
    private final ConfigEditing editing;

    /** Changes configurations this way. */
    public IncrementalAlterConfigsHandler(ConfigEditing editing) {
        this.editing = editing;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.INCREMENTAL_ALTER_CONFIGS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 1);
    }

    @Override
    public void handle(ApiCall<IncrementalAlterConfigsRequestData, IncrementalAlterConfigsResponseData> call) {
        List<ConfigEditing.Wanted> wanted = call.request().resources().stream()
                .map(IncrementalAlterConfigsHandler::wanted)
                .toList();
        call.replyWith(editing.alter(wanted, false, call.request().validateOnly())
                .thenApply(IncrementalAlterConfigsHandler::response));
    }

    @Override
    public IncrementalAlterConfigsResponseData errorResponse(
            IncrementalAlterConfigsRequestData request, short version, ErrorCode code, @Nullable String message) {
        return response(request.resources().stream()
                .map(each -> new ConfigEditing.Done(each.resourceType(), each.resourceName(), code, message))
                .toList());
    }

    private static ConfigEditing.Wanted wanted(AlterConfigsResource resource) {
        Optional<String> problem = resource.configs().stream()
                .filter(each -> !Operation.isKnown(each.configOperation()))
                .findFirst()
                .map(each -> "Unknown operations type " + each.configOperation());
        List<Edit> edits = problem.isPresent()
                ? List.of()
                : resource.configs().stream()
                        .map(each -> new Edit(
                                each.name(), Operation.of(each.configOperation()), Optional.ofNullable(each.value())))
                        .toList();
        return new ConfigEditing.Wanted(resource.resourceType(), resource.resourceName(), problem, edits);
    }

    private static IncrementalAlterConfigsResponseData response(List<ConfigEditing.Done> done) {
        IncrementalAlterConfigsResponseData response = new IncrementalAlterConfigsResponseData();
        for (ConfigEditing.Done each : done) {
            response.responses()
                    .add(new AlterConfigsResourceResponse()
                            .setErrorCode(each.code().code())
                            .setErrorMessage(each.message())
                            .setResourceType(each.resourceType())
                            .setResourceName(each.resourceName()));
        }
        return response;
    }
}
