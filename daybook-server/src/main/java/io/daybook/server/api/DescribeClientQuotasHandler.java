package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DescribeClientQuotasRequestData;
import io.daybook.protocol.message.DescribeClientQuotasResponseData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DescribeClientQuotas: none. Quotas cannot be set here. */
public final class DescribeClientQuotasHandler
        implements ApiHandler<DescribeClientQuotasRequestData, DescribeClientQuotasResponseData> {
    @Override
    public ApiKey apiKey() {
        return ApiKey.DESCRIBE_CLIENT_QUOTAS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 1);
    }

    @Override
    public void handle(ApiCall<DescribeClientQuotasRequestData, DescribeClientQuotasResponseData> call) {
        call.reply(new DescribeClientQuotasResponseData().setEntries(List.of()));
    }

    @Override
    public DescribeClientQuotasResponseData errorResponse(
            DescribeClientQuotasRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new DescribeClientQuotasResponseData()
                .setErrorCode(code.code())
                .setErrorMessage(message)
                .setEntries(null);
    }
}
