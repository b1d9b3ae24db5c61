package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.group.ClassicGroupDescription;
import io.daybook.broker.group.ClassicGroupMetadata;
import io.daybook.broker.group.GroupService;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DescribeGroupsRequestData;
import io.daybook.protocol.message.DescribeGroupsResponseData;
import io.daybook.protocol.message.DescribeGroupsResponseData.DescribedGroup;
import io.daybook.protocol.message.DescribeGroupsResponseData.DescribedGroupMember;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** DescribeGroups: groups of the classic protocol, as administrators see them. */
public final class DescribeGroupsHandler implements ApiHandler<DescribeGroupsRequestData, DescribeGroupsResponseData> {
    private static final int FIRST_VERSION_WITH_NOT_FOUND = 6;

    private final GroupService groups;

    /** Describes these. */
    public DescribeGroupsHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.DESCRIBE_GROUPS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 6);
    }

    @Override
    public void handle(ApiCall<DescribeGroupsRequestData, DescribeGroupsResponseData> call) {
        short version = call.context().version();
        boolean asksForOperations = call.request().includeAuthorizedOperations();
        List<CompletableFuture<DescribedGroup>> all = new ArrayList<>();
        for (String groupId : call.request().groups()) {
            all.add(groups.describeClassic(groupId).thenApply(description -> described(description, version)
                    .setAuthorizedOperations(GroupOperations.allowed(asksForOperations))));
        }
        call.replyWith(Futures.all(all).thenApply(described -> new DescribeGroupsResponseData().setGroups(described)));
    }

    @Override
    public DescribeGroupsResponseData errorResponse(
            DescribeGroupsRequestData request, short version, ErrorCode code, @Nullable String message) {
        List<DescribedGroup> described = new ArrayList<>();
        for (String groupId : request.groups()) {
            described.add(new DescribedGroup()
                    .setGroupId(groupId)
                    .setErrorCode(code.code())
                    .setErrorMessage(version >= FIRST_VERSION_WITH_NOT_FOUND ? message : null));
        }
        return new DescribeGroupsResponseData().setGroups(described);
    }

    /** Older clients take a group that does not exist for one that is dead. */
    private static DescribedGroup described(ClassicGroupDescription description, short version) {
        boolean knowsNotFound = version >= FIRST_VERSION_WITH_NOT_FOUND;
        boolean hidden = description.code() == ErrorCode.GROUP_ID_NOT_FOUND && !knowsNotFound;
        List<DescribedGroupMember> members = new ArrayList<>();
        for (ClassicGroupMetadata.Member member : description.members()) {
            members.add(new DescribedGroupMember()
                    .setMemberId(member.memberId())
                    .setGroupInstanceId(Absent.nullIfEmpty(member.instanceId()))
                    .setClientId(member.client().clientId())
                    .setClientHost(member.client().clientHost())
                    .setMemberMetadata(member.subscription().buffer())
                    .setMemberAssignment(member.assignment().buffer()));
        }
        return new DescribedGroup()
                .setErrorCode(
                        hidden ? ErrorCode.NONE.code() : description.code().code())
                .setErrorMessage(knowsNotFound ? Absent.nullIfEmpty(description.reason()) : null)
                .setGroupId(description.groupId())
                .setGroupState(description.stateName())
                .setProtocolType(description.protocolType())
                .setProtocolData(description.protocolName())
                .setMembers(members);
    }
}
