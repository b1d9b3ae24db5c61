package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.group.GroupService;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.FindCoordinatorRequestData;
import io.daybook.protocol.message.FindCoordinatorResponseData;
import io.daybook.protocol.message.FindCoordinatorResponseData.Coordinator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** FindCoordinator: this broker, once the coordinator is ready. */
public final class FindCoordinatorHandler
        implements ApiHandler<FindCoordinatorRequestData, FindCoordinatorResponseData> {
    private static final byte GROUP = 0;
    private static final int FIRST_BATCH_VERSION = 4;
    private static final int NO_NODE = -1;

    private final GroupService groups;
    private final AdvertisedEndpoints endpoints;
    private final int nodeId;

    /** Answers with this node, under the address that the client knows it by. */
    public FindCoordinatorHandler(GroupService groups, AdvertisedEndpoints endpoints, int nodeId) {
        this.groups = groups;
        this.endpoints = endpoints;
        this.nodeId = nodeId;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.FIND_COORDINATOR;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 6);
    }

    @Override
    public void handle(ApiCall<FindCoordinatorRequestData, FindCoordinatorResponseData> call) {
        FindCoordinatorRequestData request = call.request();
        if (request.keyType() != GROUP) {
            call.fail(ErrorCode.INVALID_REQUEST, "This broker coordinates groups only.");
            return;
        }
        short version = call.context().version();
        Endpoint endpoint = endpoints.forClientOf(call.context());
        List<CompletableFuture<Coordinator>> all = new ArrayList<>();
        for (String key : keys(request, version)) {
            all.add(groups.prepare(key).thenApply(code -> coordinator(key, code, endpoint)));
        }
        call.replyWith(Futures.all(all).thenApply(coordinators -> response(coordinators, version)));
    }

    @Override
    public FindCoordinatorResponseData errorResponse(
            FindCoordinatorRequestData request, short version, ErrorCode code, @Nullable String message) {
        List<Coordinator> coordinators = new ArrayList<>();
        for (String key : keys(request, version)) {
            coordinators.add(nobody(key, code, message));
        }
        return response(coordinators, version);
    }

    private static List<String> keys(FindCoordinatorRequestData request, short version) {
        return version >= FIRST_BATCH_VERSION ? request.coordinatorKeys() : List.of(request.key());
    }

    private Coordinator coordinator(String key, ErrorCode code, Endpoint endpoint) {
        if (!code.isNone()) {
            return nobody(key, code, null);
        }
        return new Coordinator()
                .setKey(key)
                .setNodeId(nodeId)
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setErrorMessage("");
    }

    private static Coordinator nobody(String key, ErrorCode code, @Nullable String message) {
        return new Coordinator()
                .setKey(key)
                .setNodeId(NO_NODE)
                .setHost("")
                .setPort(NO_NODE)
                .setErrorCode(code.code())
                .setErrorMessage(message);
    }

    private static FindCoordinatorResponseData response(List<Coordinator> coordinators, short version) {
        if (version >= FIRST_BATCH_VERSION) {
            return new FindCoordinatorResponseData().setCoordinators(coordinators);
        }
        Coordinator only = coordinators.get(0);
        return new FindCoordinatorResponseData()
                .setErrorCode(only.errorCode())
                .setErrorMessage(only.errorMessage())
                .setNodeId(only.nodeId())
                .setHost(only.host())
                .setPort(only.port());
    }
}
