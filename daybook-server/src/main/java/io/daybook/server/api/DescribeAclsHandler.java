package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DescribeAclsRequestData;
import io.daybook.protocol.message.DescribeAclsResponseData;
import org.jspecify.annotations.Nullable;

/** DescribeAcls: tells that access is not controlled here, as Kafka does without an authorizer. */
public final class DescribeAclsHandler implements ApiHandler<DescribeAclsRequestData, DescribeAclsResponseData> {
    @Override
    public ApiKey apiKey() {
        return ApiKey.DESCRIBE_ACLS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(1, 3);
    }

    @Override
    public void handle(ApiCall<DescribeAclsRequestData, DescribeAclsResponseData> call) {
        call.fail(ErrorCode.SECURITY_DISABLED, "No Authorizer is configured on the broker");
    }

    @Override
    public DescribeAclsResponseData errorResponse(
            DescribeAclsRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new DescribeAclsResponseData().setErrorCode(code.code()).setErrorMessage(message);
    }
}
