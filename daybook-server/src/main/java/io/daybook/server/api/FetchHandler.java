package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.fetch.FetchItem;
import io.daybook.broker.fetch.FetchKey;
import io.daybook.broker.fetch.FetchLimits;
import io.daybook.broker.fetch.FetchRequest;
import io.daybook.broker.fetch.Fetches;
import io.daybook.broker.partition.FetchPosition;
import io.daybook.broker.partition.Isolation;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.FetchRequestData;
import io.daybook.protocol.message.FetchRequestData.FetchPartition;
import io.daybook.protocol.message.FetchRequestData.FetchTopic;
import io.daybook.protocol.message.FetchRequestData.ForgottenTopic;
import io.daybook.protocol.message.FetchResponseData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fetch: turns the request into the broker's terms; {@link FetchResponses} turns the answer back. */
public final class FetchHandler implements ApiHandler<FetchRequestData, FetchResponseData> {
    private static final short FIRST_WITH_TOPIC_IDS = 13;
    private static final byte READ_COMMITTED = 1;

    private final Fetches fetches;
    private final Supplier<BrokerConfig> config;

    /** Reads by these. */
    public FetchHandler(Fetches fetches, Supplier<BrokerConfig> config) {
        this.fetches = fetches;
        this.config = config;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.FETCH;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(4, 18);
    }

    @Override
    public void handle(ApiCall<FetchRequestData, FetchResponseData> call) {
        FetchRequestData request = call.request();
        if (isFollower(request)) {
            call.fail(ErrorCode.INVALID_REQUEST, "this cluster has no followers that could fetch as replicas");
            return;
        }
        boolean isById = call.context().version() >= FIRST_WITH_TOPIC_IDS;
        FetchLimits limits = limitsOf(request);
        FetchResponses responses = new FetchResponses(limits.isolation());
        fetches.fetch(
                new FetchRequest(
                        request.sessionId(),
                        request.sessionEpoch(),
                        isById,
                        itemsOf(request, isById),
                        forgottenOf(request, isById),
                        limits),
                answer -> call.reply(responses.of(answer)));
    }

    @Override
    public FetchResponseData errorResponse(
            FetchRequestData request, short version, ErrorCode code, @Nullable String message) {
        return FetchResponses.failed(request, code);
    }

    private static boolean isFollower(FetchRequestData request) {
        return request.replicaId() >= 0 || request.replicaState().replicaId() >= 0;
    }

    private FetchLimits limitsOf(FetchRequestData request) {
        int maxBytes = Math.max(0, Math.min(request.maxBytes(), config.get().get(BrokerConfigKeys.FETCH_MAX_BYTES)));
        return new FetchLimits(
                request.maxWaitMs(),
                Math.min(request.minBytes(), maxBytes),
                maxBytes,
                request.isolationLevel() == READ_COMMITTED ? Isolation.READ_COMMITTED : Isolation.READ_UNCOMMITTED);
    }

    private static List<FetchItem> itemsOf(FetchRequestData request, boolean isById) {
        List<FetchItem> items = new ArrayList<>();
        for (FetchTopic topic : request.topics()) {
            for (FetchPartition each : topic.partitions()) {
                items.add(new FetchItem(
                        key(isById, topic.topicId(), topic.topic(), each.partition()),
                        new FetchPosition(
                                each.fetchOffset(),
                                each.partitionMaxBytes(),
                                each.currentLeaderEpoch(),
                                each.lastFetchedEpoch())));
            }
        }
        return items;
    }

    private static List<FetchKey> forgottenOf(FetchRequestData request, boolean isById) {
        List<FetchKey> forgotten = new ArrayList<>(0);
        for (ForgottenTopic topic : request.forgottenTopicsData()) {
            for (Integer each : topic.partitions()) {
                forgotten.add(key(isById, topic.topicId(), topic.topic(), each));
            }
        }
        return forgotten;
    }

    private static FetchKey key(boolean isById, Uuid topicId, String topic, int partition) {
        return isById ? new FetchKey(topicId, "", partition) : new FetchKey(Uuid.ZERO, topic, partition);
    }
}
