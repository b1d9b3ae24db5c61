package io.daybook.broker.group;

/** Records about groups of the classic protocol. */
public sealed interface ClassicGroupRecord extends GroupRecord {
    /** A generation has its assignments, or the group became empty, or was created. */
    record Stored(String groupId, ClassicGroupMetadata metadata) implements ClassicGroupRecord {
        @Override
        public void applyTo(GroupState state) {
            state.storeClassicGroup(groupId, metadata);
        }

        @Override
        public StoredRecord stored() {
            return ClassicGroupRecordFormat.store(this);
        }
    }

    /** The group was deleted, has expired, or was turned into another type. */
    record Removed(String groupId) implements ClassicGroupRecord {
        @Override
        public void applyTo(GroupState state) {
            state.removeClassicGroup(groupId);
        }

        @Override
        public StoredRecord stored() {
            return ClassicGroupRecordFormat.store(this);
        }
    }
}
