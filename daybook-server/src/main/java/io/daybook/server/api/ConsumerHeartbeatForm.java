package io.daybook.server.api;

import io.daybook.broker.group.ConsumerHeartbeatRequest;
import io.daybook.protocol.message.ConsumerGroupHeartbeatRequestData;
import io.daybook.protocol.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with the form of a heartbeat, in Kafka's order and Kafka's words. */
final class ConsumerHeartbeatForm {
    private static final int FIRST_VERSION_WITH_OWN_MEMBER_ID = 1;

    private ConsumerHeartbeatForm() {}

    /** Null if nothing is. */
    static @Nullable String fault(ConsumerGroupHeartbeatRequestData request, short version) {
        boolean knowsItself = version >= FIRST_VERSION_WITH_OWN_MEMBER_ID
                || request.memberEpoch() > ConsumerHeartbeatRequest.JOIN
                || request.memberEpoch() == ConsumerHeartbeatRequest.LEAVE;
        if (knowsItself && isBlank(request.memberId())) {
            return "MemberId can't be empty.";
        }
        if (isBlank(request.groupId())) {
            return "GroupId can't be empty.";
        }
        if (request.instanceId() != null && isBlank(request.instanceId())) {
            return "InstanceId can't be empty.";
        }
        if (request.rackId() != null && isBlank(request.rackId())) {
            return "RackId can't be empty.";
        }
        if (request.memberEpoch() == ConsumerHeartbeatRequest.JOIN) {
            return faultOfJoin(request);
        }
        if (request.memberEpoch() == ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE && request.instanceId() == null) {
            return "InstanceId can't be null.";
        }
        return request.memberEpoch() < ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE ? "MemberEpoch is invalid." : null;
    }

    private static @Nullable String faultOfJoin(ConsumerGroupHeartbeatRequestData request) {
        if (request.rebalanceTimeoutMs() == ConsumerHeartbeatRequest.UNCHANGED) {
            return "RebalanceTimeoutMs must be provided in first request.";
        }
        List<TopicPartitions> owned = request.topicPartitions();
        if (owned == null || !owned.isEmpty()) {
            return "TopicPartitions must be empty when (re-)joining.";
        }
        return request.subscribedTopicNames() == null && request.subscribedTopicRegex() == null
                ? "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining."
                : null;
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
