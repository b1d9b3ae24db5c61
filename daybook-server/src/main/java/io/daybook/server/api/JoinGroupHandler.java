package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.group.ClassicProtocol;
import io.daybook.broker.group.GroupService;
import io.daybook.broker.group.JoinRequest;
import io.daybook.broker.group.JoinResult;
import io.daybook.broker.group.OpaqueBytes;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.JoinGroupRequestData;
import io.daybook.protocol.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import io.daybook.protocol.message.JoinGroupResponseData;
import io.daybook.protocol.message.JoinGroupResponseData.JoinGroupResponseMember;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JoinGroup: a member wants into the next generation. Answered when that begins. */
public final class JoinGroupHandler implements ApiHandler<JoinGroupRequestData, JoinGroupResponseData> {
    private static final int FIRST_VERSION_WITH_REBALANCE_TIMEOUT = 1;
    private static final int FIRST_VERSION_WITH_MEMBER_ID_REQUIRED = 4;
    private static final int FIRST_VERSION_WITH_NULL_PROTOCOL = 7;
    private static final int FIRST_VERSION_WITH_SKIP_ASSIGNMENT = 9;

    private final GroupService groups;

    /** Joins these. */
    public JoinGroupHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.JOIN_GROUP;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 9);
    }

    @Override
    public void handle(ApiCall<JoinGroupRequestData, JoinGroupResponseData> call) {
        short version = call.context().version();
        call.replyWith(groups.join(request(call)).thenApply(result -> response(result, version)));
    }

    @Override
    public JoinGroupResponseData errorResponse(
            JoinGroupRequestData request, short version, ErrorCode code, @Nullable String message) {
        return response(JoinResult.failed(code, request.memberId()), version);
    }

    private static JoinRequest request(ApiCall<JoinGroupRequestData, JoinGroupResponseData> call) {
        JoinGroupRequestData request = call.request();
        short version = call.context().version();
        List<ClassicProtocol> protocols = new ArrayList<>();
        for (JoinGroupRequestProtocol protocol : request.protocols()) {
            protocols.add(new ClassicProtocol(protocol.name(), OpaqueBytes.copyOf(protocol.metadata())));
        }
        return new JoinRequest(
                request.groupId(),
                request.memberId(),
                Absent.emptyIfNull(request.groupInstanceId()),
                GroupClients.of(call.context()),
                version >= FIRST_VERSION_WITH_REBALANCE_TIMEOUT
                        ? request.rebalanceTimeoutMs()
                        : request.sessionTimeoutMs(),
                request.sessionTimeoutMs(),
                request.protocolType(),
                protocols,
                version >= FIRST_VERSION_WITH_MEMBER_ID_REQUIRED,
                version >= FIRST_VERSION_WITH_SKIP_ASSIGNMENT);
    }

    private static JoinGroupResponseData response(JoinResult result, short version) {
        List<JoinGroupResponseMember> members = new ArrayList<>(result.members().size());
        for (JoinResult.Member member : result.members()) {
            members.add(new JoinGroupResponseMember()
                    .setMemberId(member.memberId())
                    .setGroupInstanceId(Absent.nullIfEmpty(member.instanceId()))
                    .setMetadata(member.metadata().buffer()));
        }
        return new JoinGroupResponseData()
                .setErrorCode(result.code().code())
                .setGenerationId(result.generationId())
                .setProtocolType(Absent.nullIfEmpty(result.protocolType()))
                .setProtocolName(
                        version >= FIRST_VERSION_WITH_NULL_PROTOCOL
                                ? Absent.nullIfEmpty(result.protocolName())
                                : result.protocolName())
                .setLeader(result.leaderId())
                .setSkipAssignment(result.skipAssignment())
                .setMemberId(result.memberId())
                .setMembers(members);
    }
}
