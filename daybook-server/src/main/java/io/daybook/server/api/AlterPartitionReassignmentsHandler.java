package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.topic.TopicService;
import io.daybook.metadata.TopicImage;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.AlterPartitionReassignmentsRequestData;
import io.daybook.protocol.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import io.daybook.protocol.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import io.daybook.protocol.message.AlterPartitionReassignmentsResponseData;
import io.daybook.protocol.message.AlterPartitionReassignmentsResponseData.ReassignablePartitionResponse;
import io.daybook.protocol.message.AlterPartitionReassignmentsResponseData.ReassignableTopicResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** AlterPartitionReassignments: a partition can only stay where it is, at the only broker. */
public final class AlterPartitionReassignmentsHandler
        implements ApiHandler<AlterPartitionReassignmentsRequestData, AlterPartitionReassignmentsResponseData> {
    private final TopicService topics;
    private final LiveConfig config;

    /** Knows which partitions and which broker there are. */
    public AlterPartitionReassignmentsHandler(TopicService topics, LiveConfig config) {
        this.topics = topics;
        this.config = config;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.ALTER_PARTITION_REASSIGNMENTS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 1);
    }

    @Override
    public void handle(ApiCall<AlterPartitionReassignmentsRequestData, AlterPartitionReassignmentsResponseData> call) {
        AlterPartitionReassignmentsRequestData request = call.request();
        AlterPartitionReassignmentsResponseData response = new AlterPartitionReassignmentsResponseData()
                .setAllowReplicationFactorChange(request.allowReplicationFactorChange());
        for (ReassignableTopic wanted : request.topics()) {
            Optional<TopicImage> topic = topics.image().topic(wanted.name());
            ReassignableTopicResponse answers = new ReassignableTopicResponse().setName(wanted.name());
            for (ReassignablePartition partition : wanted.partitions()) {
                answers.partitions().add(answer(topic, partition));
            }
            response.responses().add(answers);
        }
        call.reply(response);
    }

    @Override
    public AlterPartitionReassignmentsResponseData errorResponse(
            AlterPartitionReassignmentsRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new AlterPartitionReassignmentsResponseData()
                .setErrorCode(code.code())
                .setErrorMessage(message);
    }

    private ReassignablePartitionResponse answer(Optional<TopicImage> topic, ReassignablePartition partition) {
        ReassignablePartitionResponse answer =
                new ReassignablePartitionResponse().setPartitionIndex(partition.partitionIndex());
        if (topic.isEmpty() || !topic.get().hasPartition(partition.partitionIndex())) {
            return answer.setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code())
                    .setErrorMessage("This server does not host this topic-partition.");
        }
        List<Integer> replicas = partition.replicas();
        if (replicas == null) {
            return answer.setErrorCode(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS.code())
                    .setErrorMessage("No partition reassignment is in progress.");
        }
        int brokerId = config.current().get(BrokerConfigKeys.NODE_ID);
        return replicas.equals(List.of(brokerId))
                ? answer
                : answer.setErrorCode(ErrorCode.INVALID_REPLICA_ASSIGNMENT.code())
                        .setErrorMessage("Only the broker " + brokerId + " is registered: it holds the partition.");
    }
}
