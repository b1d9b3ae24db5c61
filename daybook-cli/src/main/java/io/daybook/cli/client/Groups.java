package io.daybook.cli.client;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.base.wire.WireReader;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ConsumerGroupDescribeRequestData;
import io.daybook.protocol.message.ConsumerGroupDescribeResponseData;
import io.daybook.protocol.message.ConsumerProtocolAssignment;
import io.daybook.protocol.message.DescribeGroupsRequestData;
import io.daybook.protocol.message.DescribeGroupsResponseData;
import io.daybook.protocol.message.ListGroupsRequestData;
import io.daybook.protocol.message.ListGroupsResponseData;
import io.daybook.protocol.message.ListGroupsResponseData.ListedGroup;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponseBroker;
import io.daybook.protocol.message.OffsetCommitRequestData;
import io.daybook.protocol.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import io.daybook.protocol.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import io.daybook.protocol.message.OffsetCommitResponseData;
import io.daybook.protocol.message.OffsetFetchRequestData;
import io.daybook.protocol.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import io.daybook.protocol.message.OffsetFetchResponseData;
import io.daybook.protocol.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Consumer groups of both protocols, as one. For one thread. */
public final class Groups {
    /** Topic ids take the place of names from version 10 on; names serve here. */
    private static final short LAST_VERSION_WITH_NAMES = 9;

    private static final long NO_OFFSET = -1;

    private final ClusterClient client;

    /**
     * A member and what it reads.
     *
     * @param id what the coordinator calls it
     * @param instanceId its static name, if it has one
     * @param clientId what it calls itself
     * @param host where it runs
     * @param partitions what it reads now
     */
    public record Member(
            String id, @Nullable String instanceId, String clientId, String host, List<TopicPartition> partitions) {
        /** Makes the list unmodifiable. */
        public Member {
            partitions = List.copyOf(partitions);
        }
    }

    /**
     * A group and its members.
     *
     * @param id the group
     * @param protocol "classic" or "consumer"
     * @param state its state in Kafka's words
     * @param assignor who divides the partitions
     * @param members in the order of their ids
     */
    public record Description(String id, String protocol, String state, String assignor, List<Member> members) {
        /** Makes the list unmodifiable. */
        public Description {
            members = List.copyOf(members);
        }
    }

    /** Asks through {@code client}. */
    public Groups(ClusterClient client) {
        this.client = client;
    }

    /** All groups of all brokers, in the order of their names. */
    public List<ListedGroup> list() {
        List<ListedGroup> groups = new ArrayList<>();
        for (MetadataResponseBroker broker : client.metadata(List.of(), false).brokers()) {
            ListGroupsResponseData response =
                    client.call(broker.nodeId(), new ListGroupsRequestData(), new ListGroupsResponseData());
            ProtocolException.check(response.errorCode(), "broker " + broker.nodeId(), null);
            groups.addAll(response.groups());
        }
        groups.sort(Comparator.comparing(ListedGroup::groupId));
        return groups;
    }

    /**
     * A group's members.
     *
     * @throws ProtocolException if there is no such group
     */
    public Description describe(String group) {
        int coordinator = client.coordinatorOf(group);
        if (client.supports(ApiKey.CONSUMER_GROUP_DESCRIBE)) {
            ConsumerGroupDescribeResponseData.DescribedGroup modern = client.call(
                            coordinator,
                            new ConsumerGroupDescribeRequestData().setGroupIds(List.of(group)),
                            new ConsumerGroupDescribeResponseData())
                    .groups()
                    .get(0);
            if (ErrorCode.of(modern.errorCode()) != ErrorCode.GROUP_ID_NOT_FOUND) {
                ProtocolException.check(modern.errorCode(), "group '" + group + "'", modern.errorMessage());
                return modern(modern);
            }
        }
        DescribeGroupsResponseData.DescribedGroup classic = client.call(
                        coordinator,
                        new DescribeGroupsRequestData().setGroups(List.of(group)),
                        new DescribeGroupsResponseData())
                .groups()
                .get(0);
        boolean absent =
                classic.groupState().equals("Dead") && classic.members().isEmpty();
        short code = absent ? ErrorCode.GROUP_ID_NOT_FOUND.code() : classic.errorCode();
        ProtocolException.check(code, "group '" + group + "'", absent ? "does not exist" : classic.errorMessage());
        return classic(classic);
    }

    /** The committed offsets of a group. */
    public Map<TopicPartition, Long> offsets(String group) {
        OffsetFetchRequestData request = new OffsetFetchRequestData()
                .setGroups(
                        List.of(new OffsetFetchRequestGroup().setGroupId(group).setTopics(null)));
        OffsetFetchResponseGroup response = client.callAtMost(
                        LAST_VERSION_WITH_NAMES, client.coordinatorOf(group), request, new OffsetFetchResponseData())
                .groups()
                .get(0);
        ProtocolException.check(response.errorCode(), "group '" + group + "'", null);
        Map<TopicPartition, Long> offsets = new TreeMap<>();
        response.topics().forEach(topic -> topic.partitions().forEach(each -> {
            TopicPartition partition = new TopicPartition(topic.name(), each.partitionIndex());
            ProtocolException.check(each.errorCode(), "partition " + partition + " of group '" + group + "'", null);
            if (each.committedOffset() != NO_OFFSET) {
                offsets.put(partition, each.committedOffset());
            }
        }));
        return offsets;
    }

    /** Commits offsets for a group that has no members, or as one of its members. */
    public void commit(String group, Membership membership, Map<TopicPartition, Long> offsets) {
        Map<String, List<OffsetCommitRequestPartition>> byTopic = new LinkedHashMap<>();
        offsets.forEach((partition, offset) -> byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(new OffsetCommitRequestPartition()
                        .setPartitionIndex(partition.partition())
                        .setCommittedOffset(offset)
                        .setCommittedMetadata("")));
        List<OffsetCommitRequestTopic> topics = new ArrayList<>();
        byTopic.forEach((topic, partitions) ->
                topics.add(new OffsetCommitRequestTopic().setName(topic).setPartitions(partitions)));
        OffsetCommitRequestData request = new OffsetCommitRequestData()
                .setGroupId(group)
                .setMemberId(membership.memberId())
                .setGenerationIdOrMemberEpoch(membership.epoch())
                .setTopics(topics);
        client.callAtMost(LAST_VERSION_WITH_NAMES, client.coordinatorOf(group), request, new OffsetCommitResponseData())
                .topics()
                .forEach(topic -> topic.partitions()
                        .forEach(each -> ProtocolException.check(
                                each.errorCode(),
                                "partition " + topic.name() + "-" + each.partitionIndex() + " of group '" + group + "'",
                                null)));
    }

    /**
     * Who commits.
     *
     * @param memberId empty for somebody who is not a member
     * @param epoch the member's epoch; -1 for somebody who is not a member
     */
    public record Membership(String memberId, int epoch) {
        /** Not a member: allowed while the group is empty. */
        public static final Membership NONE = new Membership("", -1);
    }

    private static Description modern(ConsumerGroupDescribeResponseData.DescribedGroup group) {
        List<Member> members = new ArrayList<>();
        for (ConsumerGroupDescribeResponseData.Member each : group.members()) {
            List<TopicPartition> partitions = new ArrayList<>();
            each.assignment().topicPartitions().forEach(topic -> topic.partitions()
                    .forEach(partition -> partitions.add(new TopicPartition(topic.topicName(), partition))));
            members.add(new Member(
                    each.memberId(), each.instanceId(), each.clientId(), each.clientHost(), sorted(partitions)));
        }
        members.sort(Comparator.comparing(Member::id));
        return new Description(group.groupId(), "consumer", group.groupState(), group.assignorName(), members);
    }

    private static Description classic(DescribeGroupsResponseData.DescribedGroup group) {
        List<Member> members = new ArrayList<>();
        for (DescribeGroupsResponseData.DescribedGroupMember each : group.members()) {
            boolean consumer = group.protocolType().equals("consumer");
            members.add(new Member(
                    each.memberId(),
                    each.groupInstanceId(),
                    each.clientId(),
                    each.clientHost(),
                    consumer ? sorted(assigned(each.memberAssignment())) : List.of()));
        }
        members.sort(Comparator.comparing(Member::id));
        return new Description(group.groupId(), "classic", group.groupState(), group.protocolData(), members);
    }

    /** The embedded consumer protocol: a version, then the assignment of that version. */
    private static List<TopicPartition> assigned(ByteBuffer bytes) {
        if (bytes.remaining() < Short.BYTES) {
            return List.of();
        }
        WireReader reader = new WireReader(bytes.duplicate());
        short version = reader.readInt16();
        short known = (short) Math.min(version, ConsumerProtocolAssignment.HIGHEST_SUPPORTED_VERSION);
        List<TopicPartition> partitions = new ArrayList<>();
        new ConsumerProtocolAssignment(reader, known).assignedPartitions().forEach(topic -> topic.partitions()
                .forEach(partition -> partitions.add(new TopicPartition(topic.topic(), partition))));
        return partitions;
    }

    private static List<TopicPartition> sorted(List<TopicPartition> partitions) {
        return partitions.stream().sorted().toList();
    }
}
