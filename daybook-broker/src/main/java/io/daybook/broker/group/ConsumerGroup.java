package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import java.util.List;

/** A group of the consumer protocol (KIP-848). Owned by the coordinator's shard, changed by records only. */
final class ConsumerGroup implements Group {
    private final String groupId;
    private int groupEpoch;

    ConsumerGroup(String groupId) {
        this.groupId = groupId;
    }

    /** Changes the group as the record says. */
    void apply(ConsumerGroupRecord record) {
        if (record instanceof ConsumerGroupRecord.GroupEpoch) {
            groupEpoch = ((ConsumerGroupRecord.GroupEpoch) record).groupEpoch();
        }
    }

    int groupEpoch() {
        return groupEpoch;
    }

    @Override
    public String groupId() {
        return groupId;
    }

    @Override
    public GroupType type() {
        return GroupType.CONSUMER;
    }

    @Override
    public String protocolType() {
        return ClassicGroup.CONSUMER_PROTOCOL_TYPE;
    }

    @Override
    public String stateName() {
        return "Empty";
    }

    @Override
    public boolean isEmpty() {
        return true;
    }

    @Override
    public ErrorCode checkOffsetCommit(OffsetCommitter committer) {
        return committer.generationOrEpoch() < 0 ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
    }

    @Override
    public ErrorCode checkOffsetFetch(String memberId, int memberEpoch) {
        return memberId.isEmpty() && memberEpoch < 0 ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
    }

    @Override
    public ErrorCode checkOffsetDelete() {
        return ErrorCode.NONE;
    }

    @Override
    public ErrorCode checkDelete() {
        return ErrorCode.NONE;
    }

    @Override
    public boolean isSubscribedTo(String topic) {
        return false;
    }

    @Override
    public OffsetAge offsetAge() {
        return OffsetAge.SINCE_COMMIT;
    }

    @Override
    public List<GroupRecord> tombstones() {
        return List.of(
                new ConsumerGroupRecord.TargetEpochRemoved(groupId), new ConsumerGroupRecord.GroupRemoved(groupId));
    }

    @Override
    public void close(ErrorCode code) {
        // No timers and nobody who waits.
    }
}
