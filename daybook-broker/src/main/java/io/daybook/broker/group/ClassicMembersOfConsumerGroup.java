package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.metadata.MetadataImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what members that speak the classic protocol ask for while their group is one of the consumer protocol. They
 * join, and are told an assignment, as in a classic group, but it is the coordinator that assigns, and nobody waits for
 * the others: a member's generation is its own epoch. Owned by the coordinator's shard.
 */
final class ClassicMembersOfConsumerGroup {
    private final GroupContext context;
    private final ConsumerMembership membership;
    private final GroupMigration migration;

    ClassicMembersOfConsumerGroup(GroupContext context, ConsumerMembership membership, GroupMigration migration) {
        this.context = context;
        this.membership = membership;
        this.migration = migration;
    }

    JoinResult join(ConsumerGroup group, JoinRequest request) {
        ErrorCode refused = checkJoin(group, request);
        if (!refused.isNone()) {
            return JoinResult.failed(refused, request.memberId());
        }
        String prefix =
                request.isStatic() ? request.instanceId() : request.client().clientId();
        String memberId =
                request.isNewMember() ? prefix + "-" + context.random().nextUuid() : request.memberId();
        if (request.isNewMember() && !request.isStatic() && request.knowsMemberIdRequired()) {
            return JoinResult.failed(ErrorCode.MEMBER_ID_REQUIRED, memberId);
        }
        Optional<ClassicAssignment.Said> said = ClassicAssignment.readSubscription(
                request.protocols().get(0).metadata(), context.metadata().get());
        if (said.isEmpty()) {
            return JoinResult.failed(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, memberId);
        }
        Optional<ConsumerMember> former = request.isStatic() && request.isNewMember()
                ? group.staticMember(request.instanceId())
                : Optional.empty();
        if (former.isPresent()) {
            ErrorCode replaced =
                    context.coordinator().append(ConsumerMembership.replacement(group, former.get(), memberId));
            if (!replaced.isNone()) {
                return JoinResult.failed(replaced, memberId);
            }
        }
        JoinResult result = update(group, memberId, request, said.get());
        boolean wasModern = former.isPresent() && !former.get().usesClassicProtocol();
        if (result.code().isNone() && wasModern && migration.mayDowngrade(group, Set.of())) {
            ErrorCode downgraded = migration.downgradeAfterReplacement(group);
            return downgraded.isNone() ? result : JoinResult.failed(downgraded, memberId);
        }
        return result;
    }

    private ErrorCode checkJoin(ConsumerGroup group, JoinRequest request) {
        boolean known = group.member(request.memberId()).isPresent();
        if (migration.isDisabled()) {
            return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
        }
        if (!known
                && group.members().size() >= context.config().get().consumer().maxSize()) {
            return ErrorCode.GROUP_MAX_SIZE_REACHED;
        }
        if (!supports(group, request)) {
            return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
        }
        return request.isStatic() && !request.isNewMember()
                ? group.checkMember(request.memberId(), request.instanceId())
                : ErrorCode.NONE;
    }

    /** The classic members must be able to go on among themselves, should the others leave. */
    private static boolean supports(ConsumerGroup group, JoinRequest request) {
        Set<String> common = new HashSet<>();
        request.protocols().forEach(protocol -> common.add(protocol.name()));
        for (ConsumerMember member : group.members()) {
            if (!member.memberId().equals(request.memberId())) {
                member.metadata().classicMember().ifPresent(classic -> {
                    List<String> names = classic.protocols().stream()
                            .map(ClassicProtocol::name)
                            .toList();
                    common.retainAll(names);
                });
            }
        }
        return request.protocolType().equals(ClassicGroup.CONSUMER_PROTOCOL_TYPE) && !common.isEmpty();
    }

    private JoinResult update(ConsumerGroup group, String memberId, JoinRequest request, ClassicAssignment.Said said) {
        ConsumerMember before = group.member(memberId).orElseGet(() -> ConsumerMember.joining(memberId));
        ConsumerMemberMetadata known = before.metadata();
        ConsumerMemberMetadata now = new ConsumerMemberMetadata(
                request.instanceId(),
                said.rackId().isEmpty() ? known.rackId() : said.rackId(),
                request.client(),
                said.topics(),
                "",
                request.rebalanceTimeoutMs(),
                "",
                Optional.of(new ConsumerMemberMetadata.ClassicMemberMetadata(
                        request.sessionTimeoutMs(), request.protocols())));
        GroupDraft draft = new GroupDraft(context, group);
        draft.put(before.with(now));
        draft.assign();
        ConsumerMember after = draft.reconcile(memberId, Optional.of(said.owned()));
        ErrorCode code = context.coordinator().append(draft.records());
        if (!code.isNone()) {
            return JoinResult.failed(code, memberId);
        }
        draft.markChecked(group);
        ConsumerMember live = group.member(memberId).orElseThrow();
        membership.sessions().keepAlive(group, live);
        membership.sessions().watchRevocation(group, live);
        membership.sessions().watchSync(group, live);
        return new JoinResult(
                ErrorCode.NONE,
                after.memberEpoch(),
                ClassicGroup.CONSUMER_PROTOCOL_TYPE,
                request.protocols().get(0).name(),
                "",
                false,
                memberId,
                List.of());
    }

    SyncResult sync(ConsumerGroup group, SyncRequest request) {
        ErrorCode refused = check(group, request.memberId(), request.instanceId(), request.generationId());
        if (!refused.isNone()) {
            return SyncResult.failed(refused);
        }
        ConsumerMember member = group.member(request.memberId()).orElseThrow();
        ClassicProtocol protocol =
                member.metadata().classicMember().orElseThrow().protocols().get(0);
        if (contradicts(request.protocolType(), ClassicGroup.CONSUMER_PROTOCOL_TYPE)
                || contradicts(request.protocolName(), protocol.name())) {
            return SyncResult.failed(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
        }
        // A member that gives up partitions has joined already, and will be told to join again once it has.
        if (group.groupEpoch() > member.memberEpoch() && member.state() != ConsumerMemberState.UNREVOKED_PARTITIONS) {
            membership.sessions().watchJoin(group, member);
            return SyncResult.failed(ErrorCode.REBALANCE_IN_PROGRESS);
        }
        membership.sessions().synced(group, member);
        membership.sessions().keepAlive(group, member);
        MetadataImage metadata = context.metadata().get();
        return new SyncResult(
                ErrorCode.NONE,
                ClassicGroup.CONSUMER_PROTOCOL_TYPE,
                protocol.name(),
                ClassicAssignment.write(member.assignment().partitions(), metadata, protocol.metadata()));
    }

    private static boolean contradicts(String said, String known) {
        return !said.isEmpty() && !said.equals(known);
    }

    private static ErrorCode check(ConsumerGroup group, String memberId, String instanceId, int generationId) {
        ErrorCode known = group.checkMember(memberId, instanceId);
        if (!known.isNone()) {
            return known;
        }
        ConsumerMember member = group.member(memberId).orElseThrow();
        if (!member.usesClassicProtocol()) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        return member.memberEpoch() == generationId ? ErrorCode.NONE : ErrorCode.ILLEGAL_GENERATION;
    }

    ErrorCode heartbeat(ConsumerGroup group, HeartbeatRequest request) {
        ErrorCode refused = check(group, request.memberId(), request.instanceId(), request.generationId());
        if (!refused.isNone()) {
            return refused;
        }
        ConsumerMember member = group.member(request.memberId()).orElseThrow();
        membership.sessions().keepAlive(group, member);
        boolean mustJoin =
                switch (member.state()) {
                    case UNREVOKED_PARTITIONS -> true;
                    case UNRELEASED_PARTITIONS ->
                        member.memberEpoch() < group.groupEpoch() || !group.waitsForOthers(member);
                    case STABLE, UNKNOWN -> member.memberEpoch() < group.groupEpoch();
                };
        if (!mustJoin) {
            return ErrorCode.NONE;
        }
        membership.sessions().watchJoin(group, member);
        return ErrorCode.REBALANCE_IN_PROGRESS;
    }

    LeaveResult leave(ConsumerGroup group, LeaveRequest request) {
        List<LeaveResult.Left> left = new ArrayList<>();
        Set<String> leaving = new HashSet<>();
        for (LeaveRequest.Leaver leaver : request.leavers()) {
            Optional<ConsumerMember> member = leaver.instanceId().isEmpty()
                    ? group.member(leaver.memberId())
                    : group.staticMember(leaver.instanceId());
            ErrorCode code = member.isEmpty() ? ErrorCode.UNKNOWN_MEMBER_ID : ErrorCode.NONE;
            if (code.isNone()
                    && !leaver.memberId().isEmpty()
                    && !member.get().memberId().equals(leaver.memberId())) {
                code = ErrorCode.FENCED_INSTANCE_ID;
            }
            if (code.isNone()) {
                leaving.add(member.get().memberId());
            }
            left.add(new LeaveResult.Left(leaver.memberId(), leaver.instanceId(), code));
        }
        ErrorCode removed = leaving.isEmpty() ? ErrorCode.NONE : membership.remove(group, leaving);
        return removed.isNone() ? new LeaveResult(ErrorCode.NONE, left) : LeaveResult.failed(removed);
    }
}
