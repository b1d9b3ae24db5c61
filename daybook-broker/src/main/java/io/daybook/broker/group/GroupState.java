package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.broker.coordinator.CoordinatorState;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The groups and offsets of one partition of {@code __consumer_offsets}: what its records make of it. Owned by the
 * partition's shard. What members are doing right now (waiting for a rebalance, say) hangs on the groups, but is not in
 * the log and does not survive a restart.
 */
final class GroupState implements CoordinatorState<GroupRecord> {
    private final TreeMap<String, Group> groups = new TreeMap<>();
    private final OffsetTable offsets = new OffsetTable();

    @Override
    public void replay(GroupRecord record) {
        record.applyTo(this);
    }

    Optional<Group> find(String groupId) {
        return Optional.ofNullable(groups.get(groupId));
    }

    Optional<ClassicGroup> findClassic(String groupId) {
        Group group = groups.get(groupId);
        return group instanceof ClassicGroup ? Optional.of((ClassicGroup) group) : Optional.empty();
    }

    Optional<ConsumerGroup> findConsumer(String groupId) {
        Group group = groups.get(groupId);
        return group instanceof ConsumerGroup ? Optional.of((ConsumerGroup) group) : Optional.empty();
    }

    /** All groups, ordered by their identifier; a view. */
    Collection<Group> groups() {
        return Collections.unmodifiableCollection(groups.values());
    }

    OffsetTable offsets() {
        return offsets;
    }

    /** Committing makes a group: one that has no members and only stores offsets. */
    void ensureGroup(String groupId) {
        groups.computeIfAbsent(groupId, ClassicGroup::new);
    }

    void storeClassicGroup(String groupId, ClassicGroupMetadata metadata) {
        Group group = groups.get(groupId);
        if (!(group instanceof ClassicGroup)) {
            if (group != null) {
                group.close(ErrorCode.UNKNOWN_MEMBER_ID);
            }
            group = new ClassicGroup(groupId);
            groups.put(groupId, group);
        }
        ((ClassicGroup) group).restore(metadata);
    }

    void removeClassicGroup(String groupId) {
        findClassic(groupId).ifPresent(group -> {
            groups.remove(groupId);
            group.close(ErrorCode.UNKNOWN_MEMBER_ID);
        });
    }

    /**
     * A record of the consumer protocol. The first one of a group makes it a consumer group; a classic group of that
     * name ends.
     */
    void applyConsumerRecord(ConsumerGroupRecord record) {
        Optional<ConsumerGroup> existing = findConsumer(record.groupId());
        if (record instanceof ConsumerGroupRecord.GroupRemoved) {
            existing.ifPresent(group -> {
                groups.remove(record.groupId());
                group.close(ErrorCode.UNKNOWN_MEMBER_ID);
            });
            return;
        }
        if (existing.isEmpty() && record.isRemoval()) {
            return;
        }
        record.change(existing.orElseGet(() -> putConsumerGroup(record.groupId())));
    }

    private ConsumerGroup putConsumerGroup(String groupId) {
        ConsumerGroup group = new ConsumerGroup(groupId);
        Group former = groups.put(groupId, group);
        if (former != null) {
            former.close(ErrorCode.UNKNOWN_MEMBER_ID);
        }
        return group;
    }
}
