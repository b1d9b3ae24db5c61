package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.group.GroupService;
import io.daybook.broker.group.LeaveRequest;
import io.daybook.broker.group.LeaveResult;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.LeaveGroupRequestData;
import io.daybook.protocol.message.LeaveGroupRequestData.MemberIdentity;
import io.daybook.protocol.message.LeaveGroupResponseData;
import io.daybook.protocol.message.LeaveGroupResponseData.MemberResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LeaveGroup: members go, or an administrator removes them. */
public final class LeaveGroupHandler implements ApiHandler<LeaveGroupRequestData, LeaveGroupResponseData> {
    private static final int FIRST_BATCH_VERSION = 3;

    private final GroupService groups;

    /** Takes members out of these. */
    public LeaveGroupHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.LEAVE_GROUP;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 5);
    }

    @Override
    public void handle(ApiCall<LeaveGroupRequestData, LeaveGroupResponseData> call) {
        short version = call.context().version();
        LeaveGroupRequestData request = call.request();
        if (request.groupId().isEmpty()) {
            call.fail(ErrorCode.INVALID_GROUP_ID, null);
            return;
        }
        LeaveRequest leave = new LeaveRequest(request.groupId(), leavers(request, version));
        call.replyWith(groups.leave(leave).thenApply(result -> response(result, version)));
    }

    @Override
    public LeaveGroupResponseData errorResponse(
            LeaveGroupRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new LeaveGroupResponseData().setErrorCode(code.code());
    }

    private static List<LeaveRequest.Leaver> leavers(LeaveGroupRequestData request, short version) {
        if (version < FIRST_BATCH_VERSION) {
            return List.of(new LeaveRequest.Leaver(request.memberId(), ""));
        }
        List<LeaveRequest.Leaver> leavers = new ArrayList<>();
        for (MemberIdentity member : request.members()) {
            leavers.add(new LeaveRequest.Leaver(member.memberId(), Absent.emptyIfNull(member.groupInstanceId())));
        }
        return leavers;
    }

    private static LeaveGroupResponseData response(LeaveResult result, short version) {
        if (!result.code().isNone()) {
            return new LeaveGroupResponseData().setErrorCode(result.code().code());
        }
        if (version < FIRST_BATCH_VERSION) {
            return new LeaveGroupResponseData()
                    .setErrorCode(result.members().get(0).code().code());
        }
        List<MemberResponse> members = new ArrayList<>();
        for (LeaveResult.Left left : result.members()) {
            members.add(new MemberResponse()
                    .setMemberId(left.memberId())
                    .setGroupInstanceId(Absent.nullIfEmpty(left.instanceId()))
                    .setErrorCode(left.code().code()));
        }
        return new LeaveGroupResponseData().setMembers(members);
    }
}
