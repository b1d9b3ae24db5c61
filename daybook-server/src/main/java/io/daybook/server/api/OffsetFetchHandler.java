package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.group.GroupService;
import io.daybook.metadata.MetadataImage;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.OffsetFetchRequestData;
import io.daybook.protocol.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import io.daybook.protocol.message.OffsetFetchResponseData;
import io.daybook.protocol.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * OffsetFetch: what groups have committed. That only stable offsets are asked for makes no difference yet: there are no
 * transactions, so every offset is stable.
 */
public final class OffsetFetchHandler implements ApiHandler<OffsetFetchRequestData, OffsetFetchResponseData> {
    private final GroupService groups;
    private final Supplier<MetadataImage> metadata;

    /** Fetches of these groups. */
    public OffsetFetchHandler(GroupService groups, Supplier<MetadataImage> metadata) {
        this.groups = groups;
        this.metadata = metadata;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.OFFSET_FETCH;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(1, 10);
    }

    @Override
    public void handle(ApiCall<OffsetFetchRequestData, OffsetFetchResponseData> call) {
        short version = call.context().version();
        OffsetFetchMessages messages = new OffsetFetchMessages(version, metadata.get());
        List<CompletableFuture<OffsetFetchResponseGroup>> all = new ArrayList<>();
        for (OffsetFetchRequestGroup group : messages.groups(call.request())) {
            all.add(groups.fetchOffsets(messages.request(group)).thenApply(result -> messages.answer(group, result)));
        }
        call.replyWith(Futures.all(all).thenApply(answers -> messages.response(answers)));
    }

    @Override
    public OffsetFetchResponseData errorResponse(
            OffsetFetchRequestData request, short version, ErrorCode code, @Nullable String message) {
        OffsetFetchMessages messages = new OffsetFetchMessages(version, MetadataImage.EMPTY);
        List<OffsetFetchResponseGroup> answers = new ArrayList<>();
        for (OffsetFetchRequestGroup group : messages.groups(request)) {
            answers.add(messages.failed(group, code));
        }
        return messages.response(answers);
    }
}
