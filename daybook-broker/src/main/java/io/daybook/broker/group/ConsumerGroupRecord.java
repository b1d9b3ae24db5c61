package io.daybook.broker.group;

import io.daybook.base.Uuid;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Records about groups of the consumer protocol (KIP-848). */
public sealed interface ConsumerGroupRecord extends GroupRecord {
    @Override
    default void applyTo(GroupState state) {
        state.applyConsumerRecord(this);
    }

    /** Changes the group as the record says. */
    void change(ConsumerGroup group);

    /** Whether it only takes away; such a record does not bring a group into being. */
    default boolean isRemoval() {
        return false;
    }

    /** The group exists and is at this epoch; the hash covers the topics that its members subscribe to. */
    record GroupEpoch(String groupId, int groupEpoch, long metadataHash) implements ConsumerGroupRecord {
        @Override
        public void change(ConsumerGroup group) {
            group.setEpoch(groupEpoch, metadataHash);
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }

    /** The group is gone. */
    record GroupRemoved(String groupId) implements ConsumerGroupRecord {
        @Override
        public boolean isRemoval() {
            return true;
        }

        @Override
        public void change(ConsumerGroup group) {
            // The group as a whole is taken out of the state.
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }

    /** What a member has said about itself. */
    record MemberStored(String groupId, String memberId, ConsumerMemberMetadata metadata)
            implements ConsumerGroupRecord {
        @Override
        public void change(ConsumerGroup group) {
            group.putMember(memberId, metadata);
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }

    /** The member is gone. */
    record MemberRemoved(String groupId, String memberId) implements ConsumerGroupRecord {
        @Override
        public boolean isRemoval() {
            return true;
        }

        @Override
        public void change(ConsumerGroup group) {
            group.removeMember(memberId);
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }

    /** The target assignment was computed for this group epoch. */
    record TargetEpoch(String groupId, int assignmentEpoch, long assignmentTimestampMs) implements ConsumerGroupRecord {
        @Override
        public void change(ConsumerGroup group) {
            group.setAssignmentEpoch(assignmentEpoch);
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }

    /** The group has no target assignment any more. */
    record TargetEpochRemoved(String groupId) implements ConsumerGroupRecord {
        @Override
        public boolean isRemoval() {
            return true;
        }

        @Override
        public void change(ConsumerGroup group) {
            group.setAssignmentEpoch(0);
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }

    /** The partitions, by topic, that the member is to have. */
    record TargetMember(String groupId, String memberId, Map<Uuid, Set<Integer>> partitions)
            implements ConsumerGroupRecord {
        @Override
        public void change(ConsumerGroup group) {
            group.putTarget(memberId, partitions);
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }

    /** The member has no target assignment any more. */
    record TargetMemberRemoved(String groupId, String memberId) implements ConsumerGroupRecord {
        @Override
        public boolean isRemoval() {
            return true;
        }

        @Override
        public void change(ConsumerGroup group) {
            group.removeTarget(memberId);
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }

    /** The partitions that the member has now, and those that it must give up. */
    record CurrentAssignment(String groupId, String memberId, ConsumerMemberAssignment assignment)
            implements ConsumerGroupRecord {
        @Override
        public void change(ConsumerGroup group) {
            group.assign(memberId, assignment);
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }

    /** The member has no assignment any more. */
    record CurrentAssignmentRemoved(String groupId, String memberId) implements ConsumerGroupRecord {
        @Override
        public boolean isRemoval() {
            return true;
        }

        @Override
        public void change(ConsumerGroup group) {
            group.unassign(memberId);
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }

    /** The topics that a subscribed regular expression stands for. */
    record RegexResolved(String groupId, String regex, List<String> topics, long imageVersion, long timestampMs)
            implements ConsumerGroupRecord {
        @Override
        public void change(ConsumerGroup group) {
            group.putRegex(regex, topics);
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }

    /** Nobody subscribes by this regular expression any more. */
    record RegexRemoved(String groupId, String regex) implements ConsumerGroupRecord {
        @Override
        public boolean isRemoval() {
            return true;
        }

        @Override
        public void change(ConsumerGroup group) {
            group.removeRegex(regex);
        }

        @Override
        public StoredRecord stored() {
            return ConsumerGroupRecordFormat.store(this);
        }
    }
}
