package io.daybook.broker.group;

import io.daybook.base.TopicPartition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The committed offsets of all groups of one coordinator. Owned by its shard, changed by records only. */
final class OffsetTable {
    private final Map<String, TreeMap<TopicPartition, CommittedOffset>> byGroup = new HashMap<>();

    Optional<CommittedOffset> find(String groupId, TopicPartition topicPartition) {
        return Optional.ofNullable(of(groupId).get(topicPartition));
    }

    /** The group's offsets, ordered by topic and partition; a view. */
    Map<TopicPartition, CommittedOffset> of(String groupId) {
        TreeMap<TopicPartition, CommittedOffset> offsets = byGroup.get(groupId);
        return offsets == null ? Map.of() : offsets;
    }

    /** The groups that have offsets; a view. */
    Set<String> groupIds() {
        return byGroup.keySet();
    }

    void put(String groupId, TopicPartition topicPartition, CommittedOffset offset) {
        byGroup.computeIfAbsent(groupId, newOffsets()).put(topicPartition, offset);
    }

    void remove(String groupId, TopicPartition topicPartition) {
        TreeMap<TopicPartition, CommittedOffset> offsets = byGroup.get(groupId);
        if (offsets != null) {
            offsets.remove(topicPartition);
            if (offsets.isEmpty()) {
                byGroup.remove(groupId);
            }
        }
    }

    private static Function<String, TreeMap<TopicPartition, CommittedOffset>> newOffsets() {
        return groupId -> new TreeMap<>();
    }
}
