package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.metadata.MetadataImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a group of one protocol into one of the other while its members go on ({@code group.consumer.migration.policy}).
 * Owned by the coordinator's shard.
 */
final class GroupMigration {
    private static final Logger log = LoggerFactory.getLogger(GroupMigration.class);

    private final GroupContext context;
    private final ClassicRebalance classicRebalance;

    GroupMigration(GroupContext context, ClassicRebalance classicRebalance) {
        this.context = context;
        this.classicRebalance = classicRebalance;
    }

    /** Whether classic members may be in a consumer-protocol group at all. */
    boolean isDisabled() {
        return policy().equals("DISABLED");
    }

    private String policy() {
        return context.config().get().consumer().migrationPolicy().toUpperCase(Locale.ROOT);
    }

    /**
     * A member of the consumer protocol joins a classic group: the group becomes one of the consumer protocol, at the same
     * generation and with the same assignment. Whoever waits for a rebalance is told to come again.
     */
    Optional<GroupRefusal> upgrade(ClassicGroup group, ConsumerSessions sessions) {
        String groupId = group.groupId();
        if (!policy().equals("BIDIRECTIONAL") && !policy().equals("UPGRADE")) {
            return refuse(groupId, "because online upgrade is disabled.");
        }
        if (!group.protocolType().equals(ClassicGroup.CONSUMER_PROTOCOL_TYPE)) {
            return refuse(groupId, "because the group does not use the consumer embedded protocol.");
        }
        if (group.members().size() > context.config().get().consumer().maxSize()) {
            return refuse(groupId, "because the group size exceeds the consumer group maximum size.");
        }
        List<ConsumerMember> members = new ArrayList<>();
        for (ClassicMember each : group.members()) {
            Optional<ConsumerMember> member = upgraded(group, each);
            if (member.isEmpty()) {
                return refuse(
                        groupId,
                        "because the embedded consumer protocol is malformed, or an unsupported custom"
                                + " assignor is in use.");
            }
            members.add(member.get());
        }
        for (ClassicMember each : List.copyOf(group.members())) {
            tellToComeAgain(each);
        }
        ErrorCode code = context.coordinator().append(upgradeRecords(group, members));
        if (!code.isNone()) {
            return GroupRefusal.of(code, "");
        }
        log.atInfo().addKeyValue("group", groupId).log("classic group has become a consumer group");
        context.state().findConsumer(groupId).ifPresent(sessions::resume);
        return Optional.empty();
    }

    private static Optional<GroupRefusal> refuse(String groupId, String reason) {
        return GroupRefusal.of(
                ErrorCode.GROUP_ID_NOT_FOUND,
                "Cannot upgrade classic group " + groupId + " to consumer group " + reason);
    }

    private void tellToComeAgain(ClassicMember member) {
        ErrorCode code = ErrorCode.REBALANCE_IN_PROGRESS;
        member.takeAwaitingJoin()
                .ifPresent(answer -> context.answer(
                        answer,
                        JoinResult.failed(code, member.memberId()),
                        ClassicRebalance.failed(member.memberId())));
        member.takeAwaitingSync()
                .ifPresent(answer -> context.answer(answer, SyncResult.failed(code), SyncResult::failed));
    }

    private Optional<ConsumerMember> upgraded(ClassicGroup group, ClassicMember member) {
        MetadataImage metadata = context.metadata().get();
        List<ClassicProtocol> protocols = member.protocols();
        Optional<Map<Uuid, Set<Integer>>> assigned = ClassicAssignment.read(member.assignment(), metadata);
        Optional<ClassicAssignment.Said> said = protocols.isEmpty()
                ? Optional.empty()
                : ClassicAssignment.readSubscription(protocols.get(0).metadata(), metadata);
        if (said.isEmpty() || assigned.isEmpty()) {
            return Optional.empty();
        }
        int generation = group.generationId();
        Map<Uuid, Map<Integer, Integer>> withEpochs = new TreeMap<>();
        assigned.get().forEach((topicId, partitions) -> {
            Map<Integer, Integer> epochs = new TreeMap<>();
            partitions.forEach(partition -> epochs.put(partition, generation));
            withEpochs.put(topicId, epochs);
        });
        ConsumerMemberMetadata metadataOfMember = new ConsumerMemberMetadata(
                member.instanceId(),
                said.get().rackId(),
                member.client(),
                said.get().topics(),
                "",
                member.rebalanceTimeoutMs(),
                "",
                Optional.of(new ConsumerMemberMetadata.ClassicMemberMetadata(member.sessionTimeoutMs(), protocols)));
        return Optional.of(new ConsumerMember(
                member.memberId(),
                metadataOfMember,
                new ConsumerMemberAssignment(
                        generation, generation, ConsumerMemberState.STABLE.id(), withEpochs, Map.of())));
    }

    private List<GroupRecord> upgradeRecords(ClassicGroup group, List<ConsumerMember> members) {
        String groupId = group.groupId();
        List<GroupRecord> records = new ArrayList<>(group.tombstones());
        for (ConsumerMember member : members) {
            records.add(new ConsumerGroupRecord.MemberStored(groupId, member.memberId(), member.metadata()));
        }
        records.add(new ConsumerGroupRecord.GroupEpoch(groupId, group.generationId(), 0));
        for (ConsumerMember member : members) {
            records.add(new ConsumerGroupRecord.TargetMember(
                    groupId, member.memberId(), member.assignment().partitions()));
        }
        records.add(new ConsumerGroupRecord.TargetEpoch(groupId, group.generationId(), context.nowMs()));
        for (ConsumerMember member : members) {
            records.add(new ConsumerGroupRecord.CurrentAssignment(groupId, member.memberId(), member.assignment()));
        }
        return records;
    }

    /** Whether only classic members are left when these go, and the group may become a classic one. */
    boolean mayDowngrade(ConsumerGroup group, Set<String> leaving) {
        int left = 0;
        for (ConsumerMember member : group.members()) {
            if (!leaving.contains(member.memberId())) {
                left++;
                if (!member.usesClassicProtocol()) {
                    return false;
                }
            }
        }
        return left > 0
                && (policy().equals("BIDIRECTIONAL") || policy().equals("DOWNGRADE"))
                && left <= context.config().get().maxSize();
    }

    /**
     * The last members of the consumer protocol go: the group becomes a classic one, at a generation that is the group's
     * epoch, and rebalances to share out what they had.
     */
    ErrorCode downgrade(ConsumerGroup group, Set<String> leaving) {
        ErrorCode code = append(group, leaving);
        if (code.isNone()) {
            withClassic(group.groupId(), classicRebalance::prepareOrComplete);
        }
        return code;
    }

    /**
     * A classic member has taken the place of the last one of the consumer protocol. If everybody has what it is to have,
     * the classic group just goes on with that.
     */
    ErrorCode downgradeAfterReplacement(ConsumerGroup group) {
        boolean settled = group.members().stream().allMatch(member -> member.isReconciledTo(group.groupEpoch()));
        return settled ? append(group, Set.of()) : downgrade(group, Set.of());
    }

    private ErrorCode append(ConsumerGroup group, Set<String> leaving) {
        String groupId = group.groupId();
        List<GroupRecord> records = new ArrayList<>(group.tombstones());
        List<ConsumerMember> staying = new ArrayList<>();
        for (ConsumerMember member : group.members()) {
            if (!leaving.contains(member.memberId())) {
                staying.add(member);
            }
        }
        records.add(new ClassicGroupRecord.Stored(groupId, downgraded(group, staying)));
        Map<String, List<ClassicProtocol>> protocols = new HashMap<>();
        staying.forEach(member -> protocols.put(member.memberId(), protocolsOf(member)));
        ErrorCode code = context.coordinator().append(records);
        if (code.isNone()) {
            log.atInfo().addKeyValue("group", groupId).log("consumer group has become a classic group");
            withClassic(groupId, classic -> classic.members().forEach(member -> {
                member.support(protocols.getOrDefault(member.memberId(), List.of()));
                classicRebalance.keepAlive(classic, member);
            }));
        }
        return code;
    }

    private ClassicGroupMetadata downgraded(ConsumerGroup group, List<ConsumerMember> members) {
        String protocolName = commonProtocol(members);
        List<ClassicGroupMetadata.Member> stored = new ArrayList<>();
        for (ConsumerMember member : members) {
            ConsumerMemberMetadata said = member.metadata();
            OpaqueBytes subscription = protocolsOf(member).stream()
                    .filter(each -> each.name().equals(protocolName))
                    .findFirst()
                    .map(ClassicProtocol::metadata)
                    .orElse(OpaqueBytes.EMPTY);
            stored.add(new ClassicGroupMetadata.Member(
                    member.memberId(),
                    member.instanceId(),
                    said.client(),
                    said.rebalanceTimeoutMs(),
                    said.classicMember().orElseThrow().sessionTimeoutMs(),
                    subscription,
                    ClassicAssignment.write(
                            member.assignment().partitions(), context.metadata().get(), subscription)));
        }
        return new ClassicGroupMetadata(
                ClassicGroup.CONSUMER_PROTOCOL_TYPE,
                group.groupEpoch(),
                protocolName,
                members.get(0).memberId(),
                context.nowMs(),
                stored);
    }

    /** Members were let in only if they have a protocol in common. */
    private static String commonProtocol(List<ConsumerMember> members) {
        List<String> common = new ArrayList<>();
        protocolsOf(members.get(0)).forEach(protocol -> common.add(protocol.name()));
        for (ConsumerMember member : members) {
            common.retainAll(
                    protocolsOf(member).stream().map(ClassicProtocol::name).toList());
        }
        return common.isEmpty() ? "" : common.get(0);
    }

    private static List<ClassicProtocol> protocolsOf(ConsumerMember member) {
        return member.metadata()
                .classicMember()
                .map(ConsumerMemberMetadata.ClassicMemberMetadata::protocols)
                .orElse(List.of());
    }

    private void withClassic(String groupId, Consumer<ClassicGroup> then) {
        context.state().findClassic(groupId).ifPresent(then);
    }
}
