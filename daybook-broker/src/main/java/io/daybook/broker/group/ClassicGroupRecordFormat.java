package io.daybook.broker.group;

import io.daybook.base.wire.Message;
import io.daybook.broker.group.record.CoordinatorRecordType;
import io.daybook.broker.group.record.GroupMetadataKey;
import io.daybook.broker.group.record.GroupMetadataValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Classic groups in Kafka's form. */
final class ClassicGroupRecordFormat {
    /** Readable by every Kafka since 2.3. */
    private static final short VERSION = 3;

    private ClassicGroupRecordFormat() {}

    static StoredRecord store(ClassicGroupRecord.Stored record) {
        ClassicGroupMetadata metadata = record.metadata();
        List<GroupMetadataValue.MemberMetadata> members =
                new ArrayList<>(metadata.members().size());
        for (ClassicGroupMetadata.Member member : metadata.members()) {
            members.add(new GroupMetadataValue.MemberMetadata()
                    .setMemberId(member.memberId())
                    .setGroupInstanceId(Names.nullIfEmpty(member.instanceId()))
                    .setClientId(member.client().clientId())
                    .setClientHost(member.client().clientHost())
                    .setRebalanceTimeout(member.rebalanceTimeoutMs())
                    .setSessionTimeout(member.sessionTimeoutMs())
                    .setSubscription(member.subscription().buffer())
                    .setAssignment(member.assignment().buffer()));
        }
        GroupMetadataValue value = new GroupMetadataValue()
                .setProtocolType(metadata.protocolType())
                .setGeneration(metadata.generationId())
                .setProtocol(Names.nullIfEmpty(metadata.protocolName()))
                .setLeader(Names.nullIfEmpty(metadata.leaderId()))
                .setCurrentStateTimestamp(metadata.stateTimestampMs())
                .setMembers(members);
        return new StoredRecord(CoordinatorRecordType.GROUP_METADATA, key(record), value, VERSION);
    }

    static StoredRecord store(ClassicGroupRecord.Removed record) {
        return StoredRecord.tombstone(CoordinatorRecordType.GROUP_METADATA, key(record));
    }

    private static GroupMetadataKey key(ClassicGroupRecord record) {
        return new GroupMetadataKey().setGroup(record.groupId());
    }

    static ClassicGroupRecord read(Message key, @Nullable Message value) {
        String groupId = ((GroupMetadataKey) key).group();
        if (value == null) {
            return new ClassicGroupRecord.Removed(groupId);
        }
        GroupMetadataValue stored = (GroupMetadataValue) value;
        List<ClassicGroupMetadata.Member> members =
                new ArrayList<>(stored.members().size());
        for (GroupMetadataValue.MemberMetadata member : stored.members()) {
            members.add(read(member));
        }
        return new ClassicGroupRecord.Stored(
                groupId,
                new ClassicGroupMetadata(
                        stored.protocolType(),
                        stored.generation(),
                        Names.emptyIfNull(stored.protocol()),
                        Names.emptyIfNull(stored.leader()),
                        stored.currentStateTimestamp(),
                        members));
    }

    /** Before version 1 a member had one timeout for both purposes. */
    private static ClassicGroupMetadata.Member read(GroupMetadataValue.MemberMetadata member) {
        int rebalanceTimeoutMs = member.rebalanceTimeout() == -1 ? member.sessionTimeout() : member.rebalanceTimeout();
        return new ClassicGroupMetadata.Member(
                member.memberId(),
                Names.emptyIfNull(member.groupInstanceId()),
                new GroupClient(member.clientId(), member.clientHost()),
                rebalanceTimeoutMs,
                member.sessionTimeout(),
                OpaqueBytes.copyOf(member.subscription()),
                OpaqueBytes.copyOf(member.assignment()));
    }
}
