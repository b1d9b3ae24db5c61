package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.group.GroupService;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DeleteGroupsRequestData;
import io.daybook.protocol.message.DeleteGroupsResponseData;
import io.daybook.protocol.message.DeleteGroupsResponseData.DeletableGroupResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** DeleteGroups: groups without members, and their offsets. */
public final class DeleteGroupsHandler implements ApiHandler<DeleteGroupsRequestData, DeleteGroupsResponseData> {
    private final GroupService groups;

    /** Deletes of these. */
    public DeleteGroupsHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.DELETE_GROUPS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 2);
    }

    @Override
    public void handle(ApiCall<DeleteGroupsRequestData, DeleteGroupsResponseData> call) {
        List<CompletableFuture<DeletableGroupResult>> all = new ArrayList<>();
        for (String groupId : call.request().groupsNames()) {
            all.add(groups.deleteGroup(groupId).thenApply(code -> result(groupId, code)));
        }
        call.replyWith(Futures.all(all).thenApply(results -> new DeleteGroupsResponseData().setResults(results)));
    }

    @Override
    public DeleteGroupsResponseData errorResponse(
            DeleteGroupsRequestData request, short version, ErrorCode code, @Nullable String message) {
        List<DeletableGroupResult> results = new ArrayList<>();
        request.groupsNames().forEach(groupId -> results.add(result(groupId, code)));
        return new DeleteGroupsResponseData().setResults(results);
    }

    private static DeletableGroupResult result(String groupId, ErrorCode code) {
        return new DeletableGroupResult().setGroupId(groupId).setErrorCode(code.code());
    }
}
