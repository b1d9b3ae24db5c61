package io.daybook.broker.group;

import io.daybook.base.Uuid;
import io.daybook.base.wire.Message;
import io.daybook.broker.group.record.ConsumerGroupCurrentMemberAssignmentKey;
import io.daybook.broker.group.record.ConsumerGroupCurrentMemberAssignmentValue;
import io.daybook.broker.group.record.ConsumerGroupMemberMetadataKey;
import io.daybook.broker.group.record.ConsumerGroupMemberMetadataValue;
import io.daybook.broker.group.record.ConsumerGroupMetadataKey;
import io.daybook.broker.group.record.ConsumerGroupMetadataValue;
import io.daybook.broker.group.record.ConsumerGroupRegularExpressionKey;
import io.daybook.broker.group.record.ConsumerGroupRegularExpressionValue;
import io.daybook.broker.group.record.ConsumerGroupTargetAssignmentMemberKey;
import io.daybook.broker.group.record.ConsumerGroupTargetAssignmentMemberValue;
import io.daybook.broker.group.record.ConsumerGroupTargetAssignmentMetadataKey;
import io.daybook.broker.group.record.ConsumerGroupTargetAssignmentMetadataValue;
import io.daybook.broker.group.record.CoordinatorRecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Groups of the consumer protocol in Kafka's form. */
final class ConsumerGroupRecordFormat {
    private static final short VERSION = 0;

    /** What is stored for a partition whose assignment epoch the writer did not know. */
    private static final int NO_ASSIGNMENT_EPOCH = 0;

    private ConsumerGroupRecordFormat() {}

    static StoredRecord store(ConsumerGroupRecord.GroupEpoch record) {
        return new StoredRecord(
                CoordinatorRecordType.CONSUMER_GROUP_METADATA,
                new ConsumerGroupMetadataKey().setGroupId(record.groupId()),
                new ConsumerGroupMetadataValue().setEpoch(record.groupEpoch()).setMetadataHash(record.metadataHash()),
                VERSION);
    }

    static StoredRecord store(ConsumerGroupRecord.GroupRemoved record) {
        return StoredRecord.tombstone(
                CoordinatorRecordType.CONSUMER_GROUP_METADATA,
                new ConsumerGroupMetadataKey().setGroupId(record.groupId()));
    }

    static StoredRecord store(ConsumerGroupRecord.MemberStored record) {
        ConsumerMemberMetadata metadata = record.metadata();
        ConsumerGroupMemberMetadataValue value = new ConsumerGroupMemberMetadataValue()
                .setInstanceId(Names.nullIfEmpty(metadata.instanceId()))
                .setRackId(Names.nullIfEmpty(metadata.rackId()))
                .setClientId(metadata.client().clientId())
                .setClientHost(metadata.client().clientHost())
                .setSubscribedTopicNames(metadata.subscribedTopics())
                .setSubscribedTopicRegex(Names.nullIfEmpty(metadata.subscribedRegex()))
                .setRebalanceTimeoutMs(metadata.rebalanceTimeoutMs())
                .setServerAssignor(Names.nullIfEmpty(metadata.serverAssignor()))
                .setClassicMemberMetadata(metadata.classicMember()
                        .map(ConsumerGroupRecordFormat::store)
                        .orElse(null));
        return new StoredRecord(
                CoordinatorRecordType.CONSUMER_GROUP_MEMBER_METADATA,
                memberKey(record.groupId(), record.memberId()),
                value,
                VERSION);
    }

    private static ConsumerGroupMemberMetadataValue.ClassicMemberMetadata store(
            ConsumerMemberMetadata.ClassicMemberMetadata classic) {
        List<ConsumerGroupMemberMetadataValue.ClassicProtocol> protocols = new ArrayList<>();
        for (ClassicProtocol protocol : classic.protocols()) {
            protocols.add(new ConsumerGroupMemberMetadataValue.ClassicProtocol()
                    .setName(protocol.name())
                    .setMetadata(protocol.metadata().buffer()));
        }
        return new ConsumerGroupMemberMetadataValue.ClassicMemberMetadata()
                .setSessionTimeoutMs(classic.sessionTimeoutMs())
                .setSupportedProtocols(protocols);
    }

    static StoredRecord store(ConsumerGroupRecord.MemberRemoved record) {
        return StoredRecord.tombstone(
                CoordinatorRecordType.CONSUMER_GROUP_MEMBER_METADATA, memberKey(record.groupId(), record.memberId()));
    }

    private static Message memberKey(String groupId, String memberId) {
        return new ConsumerGroupMemberMetadataKey().setGroupId(groupId).setMemberId(memberId);
    }

    static StoredRecord store(ConsumerGroupRecord.TargetEpoch record) {
        return new StoredRecord(
                CoordinatorRecordType.CONSUMER_GROUP_TARGET_ASSIGNMENT_METADATA,
                new ConsumerGroupTargetAssignmentMetadataKey().setGroupId(record.groupId()),
                new ConsumerGroupTargetAssignmentMetadataValue()
                        .setAssignmentEpoch(record.assignmentEpoch())
                        .setAssignmentTimestamp(record.assignmentTimestampMs()),
                VERSION);
    }

    static StoredRecord store(ConsumerGroupRecord.TargetEpochRemoved record) {
        return StoredRecord.tombstone(
                CoordinatorRecordType.CONSUMER_GROUP_TARGET_ASSIGNMENT_METADATA,
                new ConsumerGroupTargetAssignmentMetadataKey().setGroupId(record.groupId()));
    }

    static StoredRecord store(ConsumerGroupRecord.TargetMember record) {
        List<ConsumerGroupTargetAssignmentMemberValue.TopicPartition> topics = new ArrayList<>();
        new TreeMap<>(record.partitions())
                .forEach((topicId, partitions) ->
                        topics.add(new ConsumerGroupTargetAssignmentMemberValue.TopicPartition()
                                .setTopicId(topicId)
                                .setPartitions(List.copyOf(new TreeSet<>(partitions)))));
        return new StoredRecord(
                CoordinatorRecordType.CONSUMER_GROUP_TARGET_ASSIGNMENT_MEMBER,
                targetKey(record.groupId(), record.memberId()),
                new ConsumerGroupTargetAssignmentMemberValue().setTopicPartitions(topics),
                VERSION);
    }

    static StoredRecord store(ConsumerGroupRecord.TargetMemberRemoved record) {
        return StoredRecord.tombstone(
                CoordinatorRecordType.CONSUMER_GROUP_TARGET_ASSIGNMENT_MEMBER,
                targetKey(record.groupId(), record.memberId()));
    }

    private static Message targetKey(String groupId, String memberId) {
        return new ConsumerGroupTargetAssignmentMemberKey().setGroupId(groupId).setMemberId(memberId);
    }

    static StoredRecord store(ConsumerGroupRecord.CurrentAssignment record) {
        ConsumerMemberAssignment assignment = record.assignment();
        return new StoredRecord(
                CoordinatorRecordType.CONSUMER_GROUP_CURRENT_MEMBER_ASSIGNMENT,
                currentKey(record.groupId(), record.memberId()),
                new ConsumerGroupCurrentMemberAssignmentValue()
                        .setMemberEpoch(assignment.memberEpoch())
                        .setPreviousMemberEpoch(assignment.previousMemberEpoch())
                        .setState(assignment.state())
                        .setAssignedPartitions(store(assignment.assigned()))
                        .setPartitionsPendingRevocation(store(assignment.pendingRevocation())),
                VERSION);
    }

    private static List<ConsumerGroupCurrentMemberAssignmentValue.TopicPartitions> store(
            Map<Uuid, Map<Integer, Integer>> assigned) {
        List<ConsumerGroupCurrentMemberAssignmentValue.TopicPartitions> topics = new ArrayList<>();
        new TreeMap<>(assigned).forEach((topicId, epochs) -> {
            TreeMap<Integer, Integer> ordered = new TreeMap<>(epochs);
            topics.add(new ConsumerGroupCurrentMemberAssignmentValue.TopicPartitions()
                    .setTopicId(topicId)
                    .setPartitions(List.copyOf(ordered.keySet()))
                    .setAssignmentEpochs(List.copyOf(ordered.values())));
        });
        return topics;
    }

    static StoredRecord store(ConsumerGroupRecord.CurrentAssignmentRemoved record) {
        return StoredRecord.tombstone(
                CoordinatorRecordType.CONSUMER_GROUP_CURRENT_MEMBER_ASSIGNMENT,
                currentKey(record.groupId(), record.memberId()));
    }

    private static Message currentKey(String groupId, String memberId) {
        return new ConsumerGroupCurrentMemberAssignmentKey().setGroupId(groupId).setMemberId(memberId);
    }

    static StoredRecord store(ConsumerGroupRecord.RegexResolved record) {
        return new StoredRecord(
                CoordinatorRecordType.CONSUMER_GROUP_REGULAR_EXPRESSION,
                regexKey(record.groupId(), record.regex()),
                new ConsumerGroupRegularExpressionValue()
                        .setTopics(record.topics())
                        .setVersion(record.imageVersion())
                        .setTimestamp(record.timestampMs()),
                VERSION);
    }

    static StoredRecord store(ConsumerGroupRecord.RegexRemoved record) {
        return StoredRecord.tombstone(
                CoordinatorRecordType.CONSUMER_GROUP_REGULAR_EXPRESSION, regexKey(record.groupId(), record.regex()));
    }

    private static Message regexKey(String groupId, String regex) {
        return new ConsumerGroupRegularExpressionKey().setGroupId(groupId).setRegularExpression(regex);
    }

    /** A key that is not one of these is a defect of the caller. */
    static ConsumerGroupRecord read(Message key, @Nullable Message value) {
        if (key instanceof ConsumerGroupMetadataKey) {
            return read((ConsumerGroupMetadataKey) key, (ConsumerGroupMetadataValue) value);
        }
        if (key instanceof ConsumerGroupMemberMetadataKey) {
            return read((ConsumerGroupMemberMetadataKey) key, (ConsumerGroupMemberMetadataValue) value);
        }
        if (key instanceof ConsumerGroupTargetAssignmentMetadataKey) {
            return read(
                    (ConsumerGroupTargetAssignmentMetadataKey) key, (ConsumerGroupTargetAssignmentMetadataValue) value);
        }
        if (key instanceof ConsumerGroupTargetAssignmentMemberKey) {
            return read((ConsumerGroupTargetAssignmentMemberKey) key, (ConsumerGroupTargetAssignmentMemberValue) value);
        }
        if (key instanceof ConsumerGroupCurrentMemberAssignmentKey) {
            return read(
                    (ConsumerGroupCurrentMemberAssignmentKey) key, (ConsumerGroupCurrentMemberAssignmentValue) value);
        }
        return read((ConsumerGroupRegularExpressionKey) key, (ConsumerGroupRegularExpressionValue) value);
    }

    private static ConsumerGroupRecord read(ConsumerGroupMetadataKey key, @Nullable ConsumerGroupMetadataValue value) {
        return value == null
                ? new ConsumerGroupRecord.GroupRemoved(key.groupId())
                : new ConsumerGroupRecord.GroupEpoch(key.groupId(), value.epoch(), value.metadataHash());
    }

    private static ConsumerGroupRecord read(
            ConsumerGroupMemberMetadataKey key, @Nullable ConsumerGroupMemberMetadataValue value) {
        if (value == null) {
            return new ConsumerGroupRecord.MemberRemoved(key.groupId(), key.memberId());
        }
        return new ConsumerGroupRecord.MemberStored(
                key.groupId(),
                key.memberId(),
                new ConsumerMemberMetadata(
                        Names.emptyIfNull(value.instanceId()),
                        Names.emptyIfNull(value.rackId()),
                        new GroupClient(value.clientId(), value.clientHost()),
                        value.subscribedTopicNames(),
                        Names.emptyIfNull(value.subscribedTopicRegex()),
                        value.rebalanceTimeoutMs(),
                        Names.emptyIfNull(value.serverAssignor()),
                        Optional.ofNullable(value.classicMemberMetadata()).map(ConsumerGroupRecordFormat::read)));
    }

    private static ConsumerMemberMetadata.ClassicMemberMetadata read(
            ConsumerGroupMemberMetadataValue.ClassicMemberMetadata classic) {
        List<ClassicProtocol> protocols = new ArrayList<>();
        for (ConsumerGroupMemberMetadataValue.ClassicProtocol protocol : classic.supportedProtocols()) {
            protocols.add(new ClassicProtocol(protocol.name(), OpaqueBytes.copyOf(protocol.metadata())));
        }
        return new ConsumerMemberMetadata.ClassicMemberMetadata(classic.sessionTimeoutMs(), protocols);
    }

    private static ConsumerGroupRecord read(
            ConsumerGroupTargetAssignmentMetadataKey key, @Nullable ConsumerGroupTargetAssignmentMetadataValue value) {
        return value == null
                ? new ConsumerGroupRecord.TargetEpochRemoved(key.groupId())
                : new ConsumerGroupRecord.TargetEpoch(
                        key.groupId(), value.assignmentEpoch(), value.assignmentTimestamp());
    }

    private static ConsumerGroupRecord read(
            ConsumerGroupTargetAssignmentMemberKey key, @Nullable ConsumerGroupTargetAssignmentMemberValue value) {
        if (value == null) {
            return new ConsumerGroupRecord.TargetMemberRemoved(key.groupId(), key.memberId());
        }
        Map<Uuid, Set<Integer>> partitions = new TreeMap<>();
        for (ConsumerGroupTargetAssignmentMemberValue.TopicPartition topic : value.topicPartitions()) {
            partitions.put(topic.topicId(), new TreeSet<>(topic.partitions()));
        }
        return new ConsumerGroupRecord.TargetMember(key.groupId(), key.memberId(), partitions);
    }

    private static ConsumerGroupRecord read(
            ConsumerGroupCurrentMemberAssignmentKey key, @Nullable ConsumerGroupCurrentMemberAssignmentValue value) {
        if (value == null) {
            return new ConsumerGroupRecord.CurrentAssignmentRemoved(key.groupId(), key.memberId());
        }
        return new ConsumerGroupRecord.CurrentAssignment(
                key.groupId(),
                key.memberId(),
                new ConsumerMemberAssignment(
                        value.memberEpoch(),
                        value.previousMemberEpoch(),
                        value.state(),
                        read(value.assignedPartitions()),
                        read(value.partitionsPendingRevocation())));
    }

    private static Map<Uuid, Map<Integer, Integer>> read(
            List<ConsumerGroupCurrentMemberAssignmentValue.TopicPartitions> topics) {
        Map<Uuid, Map<Integer, Integer>> assigned = new TreeMap<>();
        for (ConsumerGroupCurrentMemberAssignmentValue.TopicPartitions topic : topics) {
            List<Integer> epochs = topic.assignmentEpochs();
            Map<Integer, Integer> byPartition = new TreeMap<>();
            for (int i = 0; i < topic.partitions().size(); i++) {
                int epoch = epochs != null && i < epochs.size() ? epochs.get(i) : NO_ASSIGNMENT_EPOCH;
                byPartition.put(topic.partitions().get(i), epoch);
            }
            assigned.put(topic.topicId(), byPartition);
        }
        return assigned;
    }

    private static ConsumerGroupRecord read(
            ConsumerGroupRegularExpressionKey key, @Nullable ConsumerGroupRegularExpressionValue value) {
        return value == null
                ? new ConsumerGroupRecord.RegexRemoved(key.groupId(), key.regularExpression())
                : new ConsumerGroupRecord.RegexResolved(
                        key.groupId(), key.regularExpression(), value.topics(), value.version(), value.timestamp());
    }
}
