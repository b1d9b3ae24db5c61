package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.group.GroupService;
import io.daybook.broker.group.HeartbeatRequest;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.HeartbeatRequestData;
import io.daybook.protocol.message.HeartbeatResponseData;
import org.jspecify.annotations.Nullable;

/** Heartbeat: a classic member is alive, and hears whether its group rebalances. */
public final class HeartbeatHandler implements ApiHandler<HeartbeatRequestData, HeartbeatResponseData> {
    private final GroupService groups;

    /** Keeps members of these alive. */
    public HeartbeatHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.HEARTBEAT;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 4);
    }

    @Override
    public void handle(ApiCall<HeartbeatRequestData, HeartbeatResponseData> call) {
        HeartbeatRequestData request = call.request();
        HeartbeatRequest heartbeat = new HeartbeatRequest(
                request.groupId(),
                request.generationId(),
                request.memberId(),
                Absent.emptyIfNull(request.groupInstanceId()));
        call.replyWith(groups.heartbeat(heartbeat).thenApply(HeartbeatHandler::response));
    }

    @Override
    public HeartbeatResponseData errorResponse(
            HeartbeatRequestData request, short version, ErrorCode code, @Nullable String message) {
        return response(code);
    }

    private static HeartbeatResponseData response(ErrorCode code) {
        return new HeartbeatResponseData().setErrorCode(code.code());
    }
}
