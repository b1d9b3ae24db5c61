package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.group.GroupListing;
import io.daybook.broker.group.GroupListings;
import io.daybook.broker.group.GroupService;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ListGroupsRequestData;
import io.daybook.protocol.message.ListGroupsResponseData;
import io.daybook.protocol.message.ListGroupsResponseData.ListedGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ListGroups: all groups, or those in some states or of some types. */
public final class ListGroupsHandler implements ApiHandler<ListGroupsRequestData, ListGroupsResponseData> {
    private final GroupService groups;

    /** Lists these. */
    public ListGroupsHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.LIST_GROUPS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 5);
    }

    @Override
    public void handle(ApiCall<ListGroupsRequestData, ListGroupsResponseData> call) {
        ListGroupsRequestData request = call.request();
        call.replyWith(groups.list().thenApply(listings -> response(request, listings)));
    }

    @Override
    public ListGroupsResponseData errorResponse(
            ListGroupsRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new ListGroupsResponseData().setErrorCode(code.code());
    }

    private static ListGroupsResponseData response(ListGroupsRequestData request, GroupListings listings) {
        List<ListedGroup> listed = new ArrayList<>();
        for (GroupListing group : listings.groups()) {
            if (passes(request.statesFilter(), group.stateName())
                    && passes(request.typesFilter(), group.type().label())) {
                listed.add(new ListedGroup()
                        .setGroupId(group.groupId())
                        .setProtocolType(group.protocolType())
                        .setGroupState(group.stateName())
                        .setGroupType(group.type().label()));
            }
        }
        return new ListGroupsResponseData().setErrorCode(listings.code().code()).setGroups(listed);
    }

    private static boolean passes(List<String> filter, String value) {
        return filter.isEmpty() || filter.stream().anyMatch(value::equalsIgnoreCase);
    }
}
