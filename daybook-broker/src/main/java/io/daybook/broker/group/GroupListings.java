package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import java.util.List;

/**
 * The list of groups, or why there is none.
 *
 * @param groups in no particular order
 */
public record GroupListings(ErrorCode code, List<GroupListing> groups) {
    public GroupListings {
        groups = List.copyOf(groups);
    }

    /** No list. */
    public static GroupListings failed(ErrorCode code) {
        return new GroupListings(code, List.of());
    }
}
