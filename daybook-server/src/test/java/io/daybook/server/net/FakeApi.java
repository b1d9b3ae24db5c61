package io.daybook.server.net;

import io.daybook.base.ErrorCode;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.MetadataRequestData;
import io.daybook.protocol.message.MetadataResponseData;
import io.daybook.server.api.ApiCall;
import io.daybook.server.api.ApiHandler;
import io.daybook.server.api.VersionRange;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An API whose calls the test answers. Speaks in Metadata's messages. */
final class FakeApi implements ApiHandler<MetadataRequestData, MetadataResponseData> {
    final BlockingQueue<ApiCall<MetadataRequestData, MetadataResponseData>> calls = new LinkedBlockingQueue<>();
    volatile Consumer<ApiCall<MetadataRequestData, MetadataResponseData>> behaviour = calls::add;
    volatile boolean isAnswered = true;

    static MetadataResponseData answer(String clusterId) {
        return new MetadataResponseData().setClusterId(clusterId);
    }

    ApiCall<MetadataRequestData, MetadataResponseData> nextCall() throws InterruptedException {
        ApiCall<MetadataRequestData, MetadataResponseData> call = calls.poll(10, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no request came");
        }
        return call;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.METADATA;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(1, 12);
    }

    @Override
    public void handle(ApiCall<MetadataRequestData, MetadataResponseData> call) {
        behaviour.accept(call);
    }

    @Override
    public boolean isAnswered(MetadataRequestData request) {
        return isAnswered;
    }

    @Override
    public MetadataResponseData errorResponse(
            MetadataRequestData request, short version, ErrorCode code, @Nullable String message) {
        return answer(code.name());
    }
}
