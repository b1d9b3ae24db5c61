package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.broker.topic.TopicService;
import io.daybook.metadata.MetadataImage;
import io.daybook.metadata.TopicImage;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ElectLeadersRequestData;
import io.daybook.protocol.message.ElectLeadersRequestData.TopicPartitions;
import io.daybook.protocol.message.ElectLeadersResponseData;
import io.daybook.protocol.message.ElectLeadersResponseData.PartitionResult;
import io.daybook.protocol.message.ElectLeadersResponseData.ReplicaElectionResult;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ElectLeaders: every partition has its preferred leader already, the only broker. */
public final class ElectLeadersHandler implements ApiHandler<ElectLeadersRequestData, ElectLeadersResponseData> {
    private final TopicService topics;

    /** Knows which partitions there are. */
    public ElectLeadersHandler(TopicService topics) {
        this.topics = topics;
    }

    @Override
    public ApiKey apiKey() {
        return ApiKey.ELECT_LEADERS;
    }

    @Override
    public VersionRange versions() {
        return VersionRange.of(0, 2);
    }

    /** For "all partitions" the answer names those that an election was tried for: none. */
    @Override
    public void handle(ApiCall<ElectLeadersRequestData, ElectLeadersResponseData> call) {
        ElectLeadersResponseData response = new ElectLeadersResponseData();
        List<TopicPartitions> asked = call.request().topicPartitions();
        MetadataImage image = topics.image();
        if (asked != null) {
            for (TopicPartitions each : asked) {
                Optional<TopicImage> topic = image.topic(each.topic());
                ReplicaElectionResult result = new ReplicaElectionResult().setTopic(each.topic());
                for (int partition : each.partitions()) {
                    boolean exists = topic.isPresent() && topic.get().hasPartition(partition);
                    result.partitionResult()
                            .add(exists ? notNeeded(partition) : unknown(topic, each.topic(), partition));
                }
                response.replicaElectionResults().add(result);
            }
        }
        call.reply(response);
    }

    @Override
    public ElectLeadersResponseData errorResponse(
            ElectLeadersRequestData request, short version, ErrorCode code, @Nullable String message) {
        return new ElectLeadersResponseData().setErrorCode(code.code());
    }

    private static PartitionResult notNeeded(int partition) {
        return new PartitionResult()
                .setPartitionId(partition)
                .setErrorCode(ErrorCode.ELECTION_NOT_NEEDED.code())
                .setErrorMessage("Leader election not needed for topic partition.");
    }

    private static PartitionResult unknown(Optional<TopicImage> topic, String name, int partition) {
        return new PartitionResult()
                .setPartitionId(partition)
                .setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code())
                .setErrorMessage(
                        topic.isPresent()
                                ? "No such partition as " + name + "-" + partition
                                : "No such topic as " + name);
    }
}
