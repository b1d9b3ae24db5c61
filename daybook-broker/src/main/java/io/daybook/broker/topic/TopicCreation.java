package io.daybook.broker.topic;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.metadata.MetadataImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks a topic that somebody wants against what is there. The rules and their order are Kafka's, so that the first
 * thing that is wrong is the one an operator is told about by Kafka too.
 */
final class TopicCreation {
    private final MetadataImage image;
    private final BrokerConfig config;
    private final int brokerId;

    /** Something is wrong with what was asked for. */
    record Refusal(ErrorCode code, String message) {}

    TopicCreation(MetadataImage image, BrokerConfig config) {
        this.image = image;
        this.config = config;
        this.brokerId = config.get(BrokerConfigKeys.NODE_ID);
    }

    /** Why the topic cannot be made; empty if it can. */
    Optional<Refusal> refusal(NewTopic topic) {
        return nameRefusal(topic.name())
                .or(() -> configRefusal(topic))
                .or(() -> topic.assignments().isEmpty() ? sizeRefusal(topic) : assignmentRefusal(topic))
                .or(() -> roomRefusal(partitionCount(topic)));
    }

    /** How many partitions it gets. */
    int partitionCount(NewTopic topic) {
        if (!topic.assignments().isEmpty()) {
            return topic.assignments().size();
        }
        return topic.partitionCount() == NewTopic.DEFAULT
                ? config.get(BrokerConfigKeys.NUM_PARTITIONS)
                : topic.partitionCount();
    }

    /** Its own configuration. */
    static Map<String, String> configs(NewTopic topic) {
        Map<String, String> configs = new HashMap<>();
        topic.configs().forEach((key, value) -> value.ifPresent(text -> configs.put(key, text)));
        return configs;
    }

    /** Why this broker cannot hold so many partitions more; empty if it can. */
    Optional<Refusal> roomRefusal(int morePartitions) {
        int most = config.get(BrokerConfigKeys.MAX_PARTITIONS);
        if ((long) image.partitionCount() + morePartitions <= most) {
            return Optional.empty();
        }
        return refuse(
                ErrorCode.POLICY_VIOLATION,
                morePartitions + " more partitions are too many: there are " + image.partitionCount() + ", and "
                        + BrokerConfigKeys.MAX_PARTITIONS + " is " + most + ".");
    }

    /** Why these brokers cannot hold one partition; empty if they can. */
    Optional<Refusal> replicasRefusal(List<Integer> brokerIds) {
        if (brokerIds.isEmpty()) {
            return refuse(
                    ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                    "The manual partition assignment includes an empty replica list.");
        }
        Set<Integer> seen = new HashSet<>();
        for (int id : brokerIds) {
            if (id != brokerId) {
                return refuse(
                        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                        "The manual partition assignment includes broker " + id
                                + ", but no such broker is registered.");
            }
            if (!seen.add(id)) {
                return refuse(
                        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                        "The manual partition assignment includes the broker " + id + " more than once.");
            }
        }
        return Optional.empty();
    }

    private Optional<Refusal> nameRefusal(String name) {
        if (TopicName.isProhibited(name)) {
            return refuse(ErrorCode.INVALID_REQUEST, "Creation of internal topic " + name + " is prohibited.");
        }
        Optional<String> problem = TopicName.problem(name);
        if (problem.isPresent()) {
            return refuse(ErrorCode.INVALID_TOPIC_EXCEPTION, problem.get());
        }
        if (image.topic(name).isPresent()) {
            return refuse(ErrorCode.TOPIC_ALREADY_EXISTS, "Topic '" + name + "' already exists.");
        }
        return image.topicLike(name)
                .flatMap(other -> refuse(
                        ErrorCode.INVALID_TOPIC_EXCEPTION,
                        "Topic '" + name + "' collides with existing topic: " + other.name()));
    }

    private Optional<Refusal> configRefusal(NewTopic topic) {
        String withoutValue = topic.configs().entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .collect(Collectors.joining(","));
        if (!withoutValue.isEmpty()) {
            return refuse(ErrorCode.INVALID_CONFIG, "Null value not supported for topic configs: " + withoutValue);
        }
        return TopicConfigRules.problem(config, configs(topic))
                .flatMap(problem -> refuse(ErrorCode.INVALID_CONFIG, problem));
    }

    private static Optional<Refusal> sizeRefusal(NewTopic topic) {
        int replicas = topic.replicationFactor();
        if (replicas < NewTopic.DEFAULT || replicas == 0) {
            return refuse(
                    ErrorCode.INVALID_REPLICATION_FACTOR,
                    "Replication factor must be larger than 0, or -1 to use the default value.");
        }
        if (topic.partitionCount() < NewTopic.DEFAULT || topic.partitionCount() == 0) {
            return refuse(
                    ErrorCode.INVALID_PARTITIONS, "Number of partitions was set to an invalid non-positive value.");
        }
        if (replicas > 1) {
            return refuse(
                    ErrorCode.INVALID_REPLICATION_FACTOR,
                    "Unable to replicate the partition " + replicas
                            + " time(s): The target replication factor of " + replicas
                            + " cannot be reached because only 1 broker(s) are registered.");
        }
        return Optional.empty();
    }

    private Optional<Refusal> assignmentRefusal(NewTopic topic) {
        if (topic.replicationFactor() != NewTopic.DEFAULT) {
            return refuse(
                    ErrorCode.INVALID_REQUEST,
                    "A manual partition assignment was specified, but replication factor was not set to -1.");
        }
        if (topic.partitionCount() != NewTopic.DEFAULT) {
            return refuse(
                    ErrorCode.INVALID_REQUEST,
                    "A manual partition assignment was specified, but numPartitions was not set to -1.");
        }
        List<NewTopic.PartitionAssignment> ordered = new ArrayList<>(topic.assignments());
        ordered.sort(Comparator.comparingInt(NewTopic.PartitionAssignment::partition));
        Set<Integer> seen = new HashSet<>();
        for (NewTopic.PartitionAssignment each : ordered) {
            if (!seen.add(each.partition())) {
                return refuse(
                        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                        "Found multiple manual partition assignments for partition " + each.partition());
            }
            Optional<Refusal> refusal = replicasRefusal(each.brokerIds());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        boolean consecutive = ordered.get(0).partition() == 0
                && ordered.get(ordered.size() - 1).partition() == ordered.size() - 1;
        return consecutive
                ? Optional.empty()
                : refuse(
                        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
                        "partitions should be a consecutive 0-based integer sequence");
    }

    private static Optional<Refusal> refuse(ErrorCode code, String message) {
        return Optional.of(new Refusal(code, message));
    }
}
