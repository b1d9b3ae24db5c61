package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.group.GroupService;
import io.daybook.broker.group.OpaqueBytes;
import io.daybook.broker.group.SyncRequest;
import io.daybook.broker.group.SyncResult;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.SyncGroupRequestData;
import io.daybook.protocol.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import io.daybook.protocol.message.SyncGroupResponseData;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SyncGroup: a member asks for its assignment, the leader brings them. Answered when they are durable. */
public final class SyncGroupHandler implements ApiHandler<SyncGroupRequestData, SyncGroupResponseData> {
    private static final int FIRST_VERSION_WITH_PROTOCOL = 5;

    private final GroupService groups;

    /** Syncs these. */
    public SyncGroupHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.SYNC_GROUP;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 5);
    }

    @Override
    public void handle(ApiCall<SyncGroupRequestData, SyncGroupResponseData> call) {
        SyncGroupRequestData request = call.request();
        boolean mustNameProtocol = call.context().version() >= FIRST_VERSION_WITH_PROTOCOL;
        if (mustNameProtocol && (request.protocolType() == null || request.protocolName() == null)) {
            call.fail(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, null);
            return;
        }
        Map<String, OpaqueBytes> assignments = new HashMap<>();
        for (SyncGroupRequestAssignment each : request.assignments()) {
            assignments.put(each.memberId(), OpaqueBytes.copyOf(each.assignment()));
        }
        SyncRequest sync = new SyncRequest(
                request.groupId(),
                request.generationId(),
                request.memberId(),
                Absent.emptyIfNull(request.groupInstanceId()),
                Absent.emptyIfNull(request.protocolType()),
                Absent.emptyIfNull(request.protocolName()),
                assignments);
        call.replyWith(groups.sync(sync).thenApply(SyncGroupHandler::response));
    }

    @Override
    public SyncGroupResponseData errorResponse(
            SyncGroupRequestData request, short version, ErrorCode code, @Nullable String message) {
        return response(SyncResult.failed(code));
    }

    private static SyncGroupResponseData response(SyncResult result) {
        return new SyncGroupResponseData()
                .setErrorCode(result.code().code())
                .setProtocolType(Absent.nullIfEmpty(result.protocolType()))
                .setProtocolName(Absent.nullIfEmpty(result.protocolName()))
                .setAssignment(result.assignment().buffer());
    }
}
