package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.topic.ConfigAlteration.Edit;
import io.daybook.broker.topic.ConfigAlteration.Operation;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.AlterConfigsRequestData;
import io.daybook.protocol.message.AlterConfigsRequestData.AlterConfigsResource;
import io.daybook.protocol.message.AlterConfigsResponseData;
import io.daybook.protocol.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** AlterConfigs: replaces the whole configuration of resources. Old clients only. */
public final class AlterConfigsHandler implements ApiHandler<AlterConfigsRequestData, AlterConfigsResponseData> {
    private final ConfigEditing editing;

    /** Changes configurations this way. */
    public AlterConfigsHandler(ConfigEditing editing) {
        this.editing = editing;
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
        List<ConfigEditing.Wanted> wanted = call.request().resources().stream()
                .map(AlterConfigsHandler::wanted)
                .toList();
        call.replyWith(
                editing.alter(wanted, true, call.request().validateOnly()).thenApply(AlterConfigsHandler::response));
    }

    @Override
    public AlterConfigsResponseData errorResponse(
            AlterConfigsRequestData request, short version, ErrorCode code, @Nullable String message) {
        return response(request.resources().stream()
                .map(each -> new ConfigEditing.Done(each.resourceType(), each.resourceName(), code, message))
                .toList());
    }

    private static ConfigEditing.Wanted wanted(AlterConfigsResource resource) {
        List<Edit> edits = resource.configs().stream()
                .map(each -> new Edit(each.name(), Operation.SET, Optional.ofNullable(each.value())))
                .toList();
        return new ConfigEditing.Wanted(resource.resourceType(), resource.resourceName(), Optional.empty(), edits);
    }

    private static AlterConfigsResponseData response(List<ConfigEditing.Done> done) {
        AlterConfigsResponseData response = new AlterConfigsResponseData();
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
