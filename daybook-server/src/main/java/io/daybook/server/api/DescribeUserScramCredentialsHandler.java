package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DescribeUserScramCredentialsRequestData;
import io.daybook.protocol.message.DescribeUserScramCredentialsRequestData.UserName;
import io.daybook.protocol.message.DescribeUserScramCredentialsResponseData;
import io.daybook.protocol.message.DescribeUserScramCredentialsResponseData.DescribeUserScramCredentialsResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DescribeUserScramCredentials: there are no users with passwords here. */
public final class DescribeUserScramCredentialsHandler
        implements ApiHandler<DescribeUserScramCredentialsRequestData, DescribeUserScramCredentialsResponseData> {
    @Override
    public ApiKey apiKey() {
        return ApiKey.DESCRIBE_USER_SCRAM_CREDENTIALS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 0);
    }

    @Override
    public void handle(
            ApiCall<DescribeUserScramCredentialsRequestData, DescribeUserScramCredentialsResponseData> call) {
        DescribeUserScramCredentialsResponseData response = new DescribeUserScramCredentialsResponseData();
        List<UserName> users = call.request().users();
        if (users != null) {
            for (UserName user : users) {
                response.results()
                        .add(new DescribeUserScramCredentialsResult()
                                .setUser(user.name())
                                .setErrorCode(ErrorCode.RESOURCE_NOT_FOUND.code())
                                .setErrorMessage(
                                        "Attempt to describe a user credential that does not exist: " + user.name()));
            }
        }
        call.reply(response);
    }

    @Override
    public DescribeUserScramCredentialsResponseData errorResponse(
            DescribeUserScramCredentialsRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new DescribeUserScramCredentialsResponseData()
                .setErrorCode(code.code())
                .setErrorMessage(message);
    }
}
