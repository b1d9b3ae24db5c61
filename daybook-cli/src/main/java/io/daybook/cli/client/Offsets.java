package io.daybook.cli.client;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.protocol.message.ListOffsetsRequestData;
import io.daybook.protocol.message.ListOffsetsRequestData.ListOffsetsPartition;
import io.daybook.protocol.message.ListOffsetsRequestData.ListOffsetsTopic;
import io.daybook.protocol.message.ListOffsetsResponseData;
import io.daybook.protocol.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import io.daybook.protocol.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import io.daybook.protocol.message.MetadataResponseData.MetadataResponsePartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Resolves places in topics to offsets, by asking the partitions' leaders. For one thread. */
public final class Offsets {
    private static final long EARLIEST_TIMESTAMP = -2;
    private static final long LATEST_TIMESTAMP = -1;
    private static final long NO_OFFSET = -1;

    private final ClusterClient client;
    private final Map<TopicPartition, Integer> leaders = new HashMap<>();

    /** Asks through {@code client}. */
    public Offsets(ClusterClient client) {
        this.client = client;
    }

    /** All partitions of these topics, in order. */
    public List<TopicPartition> partitionsOf(Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            for (MetadataResponsePartition each : client.partitions(topic, false)) {
                TopicPartition partition = new TopicPartition(topic, each.partitionIndex());
                leaders.put(partition, each.leaderId());
                partitions.add(partition);
            }
        }
        return partitions;
    }

    /** The broker that leads a partition. */
    public int leaderOf(TopicPartition partition) {
        if (!leaders.containsKey(partition)) {
            partitionsOf(List.of(partition.topic()));
        }
        Integer leader = leaders.get(partition);
        if (leader == null) {
            throw new ProtocolException(
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                    "partition " + partition.partition() + " of topic '" + partition.topic() + "'",
                    "does not exist");
        }
        return leader;
    }

    /** The offset of a place, for each partition; a time after the last record is the end. */
    public Map<TopicPartition, Long> list(Collection<TopicPartition> partitions, OffsetSpec spec) {
        return switch (spec.kind()) {
            case START -> query(partitions, EARLIEST_TIMESTAMP);
            case END -> query(partitions, LATEST_TIMESTAMP);
            case ABSOLUTE -> {
                Map<TopicPartition, Long> same = new LinkedHashMap<>();
                partitions.forEach(each -> same.put(each, spec.value()));
                yield same;
            }
            case BEFORE_END -> {
                Map<TopicPartition, Long> starts = query(partitions, EARLIEST_TIMESTAMP);
                Map<TopicPartition, Long> ends = query(partitions, LATEST_TIMESTAMP);
                ends.replaceAll((each, end) -> Math.max(starts.getOrDefault(each, 0L), end - spec.value()));
                yield ends;
            }
            case TIME -> {
                Map<TopicPartition, Long> found = query(partitions, spec.value());
                Map<TopicPartition, Long> ends = query(partitions, LATEST_TIMESTAMP);
                found.replaceAll((each, offset) -> offset == NO_OFFSET ? ends.getOrDefault(each, 0L) : offset);
                yield found;
            }
        };
    }

    private Map<TopicPartition, Long> query(Collection<TopicPartition> partitions, long timestamp) {
        Map<Integer, Map<String, List<ListOffsetsPartition>>> byLeader = new LinkedHashMap<>();
        for (TopicPartition each : partitions) {
            byLeader.computeIfAbsent(leaderOf(each), leader -> new LinkedHashMap<>())
                    .computeIfAbsent(each.topic(), topic -> new ArrayList<>())
                    .add(new ListOffsetsPartition()
                            .setPartitionIndex(each.partition())
                            .setTimestamp(timestamp));
        }
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        byLeader.forEach((leader, topics) -> {
            List<ListOffsetsTopic> asked = new ArrayList<>();
            topics.forEach((topic, wanted) ->
                    asked.add(new ListOffsetsTopic().setName(topic).setPartitions(wanted)));
            ListOffsetsResponseData response = client.call(
                    leader,
                    new ListOffsetsRequestData().setReplicaId(-1).setTopics(asked),
                    new ListOffsetsResponseData());
            for (ListOffsetsTopicResponse topic : response.topics()) {
                for (ListOffsetsPartitionResponse each : topic.partitions()) {
                    TopicPartition partition = new TopicPartition(topic.name(), each.partitionIndex());
                    ProtocolException.check(each.errorCode(), "partition " + partition, null);
                    offsets.put(partition, each.offset());
                }
            }
        });
        return offsets;
    }
}
