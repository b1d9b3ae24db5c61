package io.daybook.broker.group;

import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.base.wire.Message;
import io.daybook.broker.group.record.CoordinatorRecordType;
import io.daybook.broker.group.record.LegacyOffsetCommitKey;
import io.daybook.broker.group.record.LegacyOffsetCommitValue;
import io.daybook.broker.group.record.OffsetCommitKey;
import io.daybook.broker.group.record.OffsetCommitValue;
import org.jspecify.annotations.Nullable;

/** Committed offsets in Kafka's form. */
final class OffsetRecordFormat {
    /** The only version with a place for the client's own expiry. */
    private static final short VERSION_WITH_EXPIRY = 1;

    private static final short VERSION_WITHOUT_TOPIC_ID = 3;
    private static final short VERSION_WITH_TOPIC_ID = 4;

    private OffsetRecordFormat() {}

    static StoredRecord store(OffsetRecord.Committed record) {
        CommittedOffset offset = record.offset();
        OffsetCommitValue value = new OffsetCommitValue()
                .setOffset(offset.offset())
                .setLeaderEpoch(offset.leaderEpoch())
                .setMetadata(offset.metadata())
                .setCommitTimestamp(offset.commitTimestampMs())
                .setExpireTimestamp(offset.expireTimestampMs())
                .setTopicId(offset.topicId());
        return new StoredRecord(CoordinatorRecordType.OFFSET_COMMIT, key(record), value, versionFor(offset));
    }

    static StoredRecord store(OffsetRecord.Removed record) {
        return StoredRecord.tombstone(CoordinatorRecordType.OFFSET_COMMIT, key(record));
    }

    private static OffsetCommitKey key(OffsetRecord record) {
        return new OffsetCommitKey()
                .setGroup(record.groupId())
                .setTopic(record.topicPartition().topic())
                .setPartition(record.topicPartition().partition());
    }

    private static short versionFor(CommittedOffset offset) {
        if (offset.expireTimestampMs() != CommittedOffset.NO_EXPIRY) {
            return VERSION_WITH_EXPIRY;
        }
        return offset.topicId().equals(Uuid.ZERO) ? VERSION_WITHOUT_TOPIC_ID : VERSION_WITH_TOPIC_ID;
    }

    static OffsetRecord read(Message key, @Nullable Message value) {
        if (key instanceof LegacyOffsetCommitKey) {
            LegacyOffsetCommitKey legacy = (LegacyOffsetCommitKey) key;
            return readLegacy(legacy, (LegacyOffsetCommitValue) value);
        }
        OffsetCommitKey current = (OffsetCommitKey) key;
        TopicPartition partition = new TopicPartition(current.topic(), current.partition());
        if (value == null) {
            return new OffsetRecord.Removed(current.group(), partition);
        }
        OffsetCommitValue offset = (OffsetCommitValue) value;
        return new OffsetRecord.Committed(
                current.group(),
                partition,
                new CommittedOffset(
                        offset.offset(),
                        offset.leaderEpoch(),
                        offset.metadata(),
                        offset.commitTimestamp(),
                        offset.expireTimestamp(),
                        offset.topicId()));
    }

    private static OffsetRecord readLegacy(LegacyOffsetCommitKey key, @Nullable LegacyOffsetCommitValue value) {
        TopicPartition partition = new TopicPartition(key.topic(), key.partition());
        if (value == null) {
            return new OffsetRecord.Removed(key.group(), partition);
        }
        return new OffsetRecord.Committed(
                key.group(),
                partition,
                new CommittedOffset(
                        value.offset(),
                        CommittedOffset.NO_LEADER_EPOCH,
                        value.metadata(),
                        value.commitTimestamp(),
                        CommittedOffset.NO_EXPIRY,
                        Uuid.ZERO));
    }
}
