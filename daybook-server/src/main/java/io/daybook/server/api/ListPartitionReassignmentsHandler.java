package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ListPartitionReassignmentsRequestData;
import io.daybook.protocol.message.ListPartitionReassignmentsResponseData;
import org.jspecify.annotations.Nullable;

/** ListPartitionReassignments: none, ever: with one broker no partition is on its way to another. */
public final class ListPartitionReassignmentsHandler
        implements ApiHandler<ListPartitionReassignmentsRequestData, ListPartitionReassignmentsResponseData> {
    @Override
    public ApiKey apiKey() {
        return ApiKey.LIST_PARTITION_REASSIGNMENTS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 0);
    }

    @Override
    public void handle(ApiCall<ListPartitionReassignmentsRequestData, ListPartitionReassignmentsResponseData> call) {
        call.reply(new ListPartitionReassignmentsResponseData());
    }

    @Override
    public ListPartitionReassignmentsResponseData errorResponse(
            ListPartitionReassignmentsRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new ListPartitionReassignmentsResponseData()
                .setErrorCode(code.code())
                .setErrorMessage(message);
    }
}
