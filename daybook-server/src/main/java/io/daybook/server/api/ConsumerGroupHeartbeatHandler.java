package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.broker.group.ConsumerHeartbeatRequest;
import io.daybook.broker.group.ConsumerHeartbeatResult;
import io.daybook.broker.group.GroupService;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ConsumerGroupHeartbeatRequestData;
import io.daybook.protocol.message.ConsumerGroupHeartbeatResponseData;
import io.daybook.protocol.message.ConsumerGroupHeartbeatResponseData.Assignment;
import io.daybook.protocol.message.ConsumerGroupHeartbeatResponseData.TopicPartitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** ConsumerGroupHeartbeat: a member of the consumer protocol joins, is alive, takes over and gives up partitions, leaves. */
public final class ConsumerGroupHeartbeatHandler
        implements ApiHandler<ConsumerGroupHeartbeatRequestData, ConsumerGroupHeartbeatResponseData> {
    private final GroupService groups;

    /** For members of these. */
    public ConsumerGroupHeartbeatHandler(GroupService groups) {
        this.groups = groups;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.CONSUMER_GROUP_HEARTBEAT;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 1);
    }

    @Override
    public void handle(ApiCall<ConsumerGroupHeartbeatRequestData, ConsumerGroupHeartbeatResponseData> call) {
        ConsumerGroupHeartbeatRequestData request = call.request();
        String fault = ConsumerHeartbeatForm.fault(request, call.context().version());
        if (fault != null) {
            call.fail(ErrorCode.INVALID_REQUEST, fault);
            return;
        }
        ConsumerHeartbeatRequest heartbeat = new ConsumerHeartbeatRequest(
                request.groupId(),
                request.memberId(),
                request.memberEpoch(),
                Absent.emptyIfNull(request.instanceId()),
                Absent.emptyIfNull(request.rackId()),
                GroupClients.of(call.context()),
                request.rebalanceTimeoutMs(),
                Optional.ofNullable(request.subscribedTopicNames()),
                Optional.ofNullable(request.subscribedTopicRegex()),
                Optional.ofNullable(request.serverAssignor()),
                Optional.ofNullable(request.topicPartitions()).map(ConsumerGroupHeartbeatHandler::owned));
        call.replyWith(groups.consumerHeartbeat(heartbeat).thenApply(ConsumerGroupHeartbeatHandler::response));
    }

    @Override
    public ConsumerGroupHeartbeatResponseData errorResponse(
            ConsumerGroupHeartbeatRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new ConsumerGroupHeartbeatResponseData()
                .setErrorCode(code.code())
                .setErrorMessage(message);
    }

    private static Map<Uuid, Set<Integer>> owned(
            List<ConsumerGroupHeartbeatRequestData.TopicPartitions> topicPartitions) {
        Map<Uuid, Set<Integer>> owned = new TreeMap<>();
        for (ConsumerGroupHeartbeatRequestData.TopicPartitions each : topicPartitions) {
            owned.computeIfAbsent(each.topicId(), id -> new TreeSet<>()).addAll(each.partitions());
        }
        return owned;
    }

    private static ConsumerGroupHeartbeatResponseData response(ConsumerHeartbeatResult result) {
        ConsumerGroupHeartbeatResponseData response = new ConsumerGroupHeartbeatResponseData()
                .setErrorCode(result.code().code())
                .setErrorMessage(Absent.nullIfEmpty(result.message()))
                .setMemberId(Absent.nullIfEmpty(result.memberId()))
                .setMemberEpoch(result.memberEpoch())
                .setHeartbeatIntervalMs(result.heartbeatIntervalMs());
        return response.setAssignment(result.assignment()
                .map(ConsumerGroupHeartbeatHandler::assignment)
                .orElse(null));
    }

    private static Assignment assignment(Map<Uuid, Set<Integer>> partitions) {
        List<TopicPartitions> topics = new ArrayList<>();
        partitions.forEach((topicId, numbers) ->
                topics.add(new TopicPartitions().setTopicId(topicId).setPartitions(List.copyOf(numbers))));
        return new Assignment().setTopicPartitions(topics);
    }
}
