package io.daybook.broker.group;

import io.daybook.base.TopicPartition;

/** Records about committed offsets. */
public sealed interface OffsetRecord extends GroupRecord {
    /** The partition that the offset is of. */
    TopicPartition topicPartition();

    /** The group has committed an offset. */
    record Committed(String groupId, TopicPartition topicPartition, CommittedOffset offset) implements OffsetRecord {
        @Override
        public void applyTo(GroupState state) {
            state.ensureGroup(groupId);
            state.offsets().put(groupId, topicPartition, offset);
        }

        @Override
        public StoredRecord stored() {
            return OffsetRecordFormat.store(this);
        }
    }

    /** The group's offset was deleted or has expired, or the partition is gone. */
    record Removed(String groupId, TopicPartition topicPartition) implements OffsetRecord {
        @Override
        public void applyTo(GroupState state) {
            state.offsets().remove(groupId, topicPartition);
        }

        @Override
        public StoredRecord stored() {
            return OffsetRecordFormat.store(this);
        }
    }
}
