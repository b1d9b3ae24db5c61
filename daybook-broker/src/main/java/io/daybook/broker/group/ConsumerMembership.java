package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what members of the consumer protocol ask for with their heartbeats: to join, to stay, to leave. Owned by the
 * coordinator's shard. The order of the checks is Kafka's, because clients act on the first error.
 */
final class ConsumerMembership {
    private static final Logger log = LoggerFactory.getLogger(ConsumerMembership.class);

    private final GroupContext context;
    private final ConsumerSessions sessions;
    private final GroupMigration migration;

    ConsumerMembership(GroupContext context, GroupMigration migration) {
        this.context = context;
        this.migration = migration;
        this.sessions = new ConsumerSessions(context, this::expire);
    }

    ConsumerSessions sessions() {
        return sessions;
    }

    ConsumerHeartbeatResult heartbeat(ConsumerHeartbeatRequest request) {
        if (request.isLeave()) {
            return leave(request);
        }
        Optional<GroupRefusal> refused = checkAssignor(request).or(() -> findOrMakeRoom(request));
        if (refused.isPresent()) {
            return ConsumerHeartbeatResult.failed(refused.get());
        }
        ConsumerGroup group =
                context.state().findConsumer(request.groupId()).orElseGet(() -> new ConsumerGroup(request.groupId()));
        String memberId =
                request.memberId().isEmpty() ? context.random().nextUuid().toString() : request.memberId();
        refused = checkRoom(group, request.memberId())
                .or(() -> request.isStatic()
                        ? checkStatic(group, memberId, request)
                        : checkDynamic(group, memberId, request));
        if (refused.isPresent()) {
            return ConsumerHeartbeatResult.failed(refused.get());
        }
        return update(group, memberId, request);
    }

    private Optional<GroupRefusal> checkAssignor(ConsumerHeartbeatRequest request) {
        List<String> assignors = context.config().get().consumer().assignors();
        String wanted = request.serverAssignor().orElse("");
        if (request.serverAssignor().isEmpty() || assignors.contains(wanted)) {
            return Optional.empty();
        }
        return GroupRefusal.of(
                ErrorCode.UNSUPPORTED_ASSIGNOR,
                "ServerAssignor " + wanted + " is not supported. Supported assignors: " + String.join(", ", assignors)
                        + ".");
    }

    /** Whoever joins may make a group of its name, take the place of one without members, or upgrade a classic one. */
    private Optional<GroupRefusal> findOrMakeRoom(ConsumerHeartbeatRequest request) {
        String groupId = request.groupId();
        Optional<Group> existing = context.state().find(groupId);
        if (existing.isEmpty()) {
            return request.isJoin()
                    ? Optional.empty()
                    : GroupRefusal.of(ErrorCode.GROUP_ID_NOT_FOUND, "Group " + groupId + " not found.");
        }
        Optional<ClassicGroup> classic = context.state().findClassic(groupId);
        if (classic.isEmpty()) {
            return Optional.empty();
        }
        if (!request.isJoin()) {
            return GroupRefusal.of(ErrorCode.GROUP_ID_NOT_FOUND, "Group " + groupId + " is not a consumer group.");
        }
        if (classic.get().state() != ClassicState.EMPTY) {
            return migration.upgrade(classic.get(), sessions);
        }
        ErrorCode code = context.coordinator().append(classic.get().tombstones());
        return code.isNone() ? Optional.empty() : GroupRefusal.of(code, "");
    }

    private Optional<GroupRefusal> checkRoom(ConsumerGroup group, String memberId) {
        int maxSize = context.config().get().consumer().maxSize();
        boolean known = !memberId.isEmpty() && group.member(memberId).isPresent();
        return known || group.members().size() < maxSize
                ? Optional.empty()
                : GroupRefusal.of(
                        ErrorCode.GROUP_MAX_SIZE_REACHED,
                        "The consumer group has reached its maximum capacity of " + maxSize + " members.");
    }

    private Optional<GroupRefusal> checkDynamic(
            ConsumerGroup group, String memberId, ConsumerHeartbeatRequest request) {
        Optional<ConsumerMember> member = group.member(memberId);
        if (member.isEmpty()) {
            return request.isJoin()
                    ? Optional.empty()
                    : GroupRefusal.of(
                            ErrorCode.UNKNOWN_MEMBER_ID,
                            "Member " + memberId + " is not a member of group " + group.groupId() + ".");
        }
        return checkEpoch(member.get(), request);
    }

    /**
     * A static member that is away can be replaced by another process; one that is there cannot, unless it speaks the
     * classic protocol, in which nobody says that it will be away. It can join again itself: the answer that let it in
     * may have been lost.
     */
    private Optional<GroupRefusal> checkStatic(ConsumerGroup group, String memberId, ConsumerHeartbeatRequest request) {
        String instanceId = request.instanceId();
        Optional<ConsumerMember> existing = group.staticMember(instanceId);
        if (!request.isJoin()) {
            return checkInstance(existing, memberId, instanceId).or(() -> checkEpoch(existing.orElseThrow(), request));
        }
        if (existing.isEmpty()) {
            return checkDynamic(group, memberId, request);
        }
        ConsumerMember former = existing.get();
        if (former.memberId().equals(memberId) && !former.isAway()) {
            return Optional.empty();
        }
        if (!former.isAway() && !former.usesClassicProtocol()) {
            return GroupRefusal.of(
                    ErrorCode.UNRELEASED_INSTANCE_ID,
                    "Static member " + memberId + " with instance id " + instanceId
                            + " cannot join the group because the instance id is owned by " + former.memberId()
                            + " member.");
        }
        ErrorCode code = context.coordinator().append(replacement(group, former, memberId));
        return code.isNone() ? Optional.empty() : GroupRefusal.of(code, "");
    }

    /** The successor has the former's target, and all its partitions at once, as it is at an epoch before every target. */
    static List<GroupRecord> replacement(ConsumerGroup group, ConsumerMember former, String successorId) {
        String groupId = group.groupId();
        List<GroupRecord> records = new ArrayList<>(group.tombstones(former.memberId()));
        records.add(new ConsumerGroupRecord.MemberStored(groupId, successorId, former.metadata()));
        records.add(new ConsumerGroupRecord.TargetMember(groupId, successorId, group.target(former.memberId())));
        records.add(new ConsumerGroupRecord.CurrentAssignment(
                groupId, successorId, former.assignment().withEpochs(0, 0)));
        return records;
    }

    private static Optional<GroupRefusal> checkInstance(
            Optional<ConsumerMember> existing, String memberId, String instanceId) {
        if (existing.isEmpty()) {
            return GroupRefusal.of(ErrorCode.UNKNOWN_MEMBER_ID, "Instance id " + instanceId + " is unknown.");
        }
        String owner = existing.get().memberId();
        return owner.equals(memberId)
                ? Optional.empty()
                : GroupRefusal.of(
                        ErrorCode.FENCED_INSTANCE_ID,
                        "Static member " + memberId + " with instance id " + instanceId + " was fenced by member "
                                + owner + ".");
    }

    /**
     * The epoch before the current one is still good: the answer that told the new one may have been lost. A member that
     * joins again has nothing, and goes on from what it had.
     */
    private static Optional<GroupRefusal> checkEpoch(ConsumerMember member, ConsumerHeartbeatRequest request) {
        if (request.isJoin()) {
            return Optional.empty();
        }
        int received = request.memberEpoch();
        int known = member.memberEpoch();
        boolean answerWasLost = received == member.assignment().previousMemberEpoch()
                && request.ownedPartitions().map(member::hasAll).orElse(false);
        if (received == known || received < known && answerWasLost) {
            return Optional.empty();
        }
        return GroupRefusal.of(
                ErrorCode.FENCED_MEMBER_EPOCH,
                "The consumer group member has a " + (received > known ? "greater" : "smaller") + " member epoch ("
                        + received + ") than the one known by the group coordinator (" + known
                        + "). The member must abandon all its partitions and rejoin.");
    }

    private ConsumerHeartbeatResult update(ConsumerGroup group, String memberId, ConsumerHeartbeatRequest request) {
        ConsumerMember before = group.member(memberId).orElseGet(() -> ConsumerMember.joining(memberId));
        ConsumerMember said = before.with(request.applyTo(before.metadata()));
        Optional<GroupRefusal> refused = checkRegex(group, before, said);
        if (refused.isPresent()) {
            return ConsumerHeartbeatResult.failed(refused.get());
        }
        ConsumerMember after = before;
        if (needsWork(group, before, said)) {
            GroupDraft draft = new GroupDraft(context, group);
            draft.put(said);
            draft.assign();
            after = draft.reconcile(memberId, request.ownedPartitions());
            ErrorCode code = context.coordinator().append(draft.records());
            if (!code.isNone()) {
                return ConsumerHeartbeatResult.failed(code);
            }
            draft.markChecked(context.state().findConsumer(group.groupId()).orElseThrow());
        }
        ConsumerGroup live = context.state().findConsumer(group.groupId()).orElseThrow();
        sessions.keepAlive(live, after);
        if (!after.assignment().equals(before.assignment())) {
            sessions.watchRevocation(live, after);
        }
        boolean tellAssignment = request.isJoin()
                || request.isComplete()
                || !after.assignment().assigned().equals(before.assignment().assigned());
        return new ConsumerHeartbeatResult(
                ErrorCode.NONE,
                "",
                memberId,
                after.memberEpoch(),
                sessions.heartbeatIntervalMs(group.groupId()),
                tellAssignment ? Optional.of(after.assignment().partitions()) : Optional.empty());
    }

    /** Nearly all heartbeats bring nothing new, and cost nothing however large the group is. */
    private boolean needsWork(ConsumerGroup group, ConsumerMember before, ConsumerMember said) {
        return group.member(said.memberId()).isEmpty()
                || !said.equals(before)
                || !group.hasChecked(context.metadata().get().topics())
                || group.groupEpoch() > group.assignmentEpoch()
                || !before.isReconciledTo(group.assignmentEpoch());
    }

    private static Optional<GroupRefusal> checkRegex(ConsumerGroup group, ConsumerMember before, ConsumerMember said) {
        String regex = said.metadata().subscribedRegex();
        if (regex.isEmpty()
                || regex.equals(before.metadata().subscribedRegex())
                || group.subscribersByRegex(regex) > 0) {
            return Optional.empty();
        }
        return TopicSubscriptions.syntaxError(regex)
                .map(reason -> new GroupRefusal(
                        ErrorCode.INVALID_REGULAR_EXPRESSION,
                        "SubscribedTopicRegex `" + regex + "` is not a valid regular expression: " + reason + "."));
    }

    private ConsumerHeartbeatResult leave(ConsumerHeartbeatRequest request) {
        Optional<ConsumerGroup> existing = context.state().findConsumer(request.groupId());
        if (existing.isEmpty()) {
            boolean classic = context.state().find(request.groupId()).isPresent();
            String message = "Group " + request.groupId() + (classic ? " is not a consumer group." : " not found.");
            return ConsumerHeartbeatResult.failed(new GroupRefusal(ErrorCode.GROUP_ID_NOT_FOUND, message));
        }
        ConsumerGroup group = existing.get();
        Optional<ConsumerMember> member =
                request.isStatic() ? group.staticMember(request.instanceId()) : group.member(request.memberId());
        Optional<GroupRefusal> refused = request.isStatic()
                ? checkInstance(member, request.memberId(), request.instanceId())
                : checkKnown(group, member, request.memberId());
        if (refused.isPresent()) {
            return ConsumerHeartbeatResult.failed(refused.get());
        }
        boolean comesBack = request.isStatic() && request.memberEpoch() == ConsumerHeartbeatRequest.LEAVE_FOR_A_WHILE;
        ErrorCode code = comesBack
                ? markAway(group, member.orElseThrow())
                : remove(group, Set.of(member.orElseThrow().memberId()));
        return code.isNone()
                ? ConsumerHeartbeatResult.left(request.memberId(), request.memberEpoch())
                : ConsumerHeartbeatResult.failed(code);
    }

    private static Optional<GroupRefusal> checkKnown(
            ConsumerGroup group, Optional<ConsumerMember> member, String memberId) {
        return member.isPresent()
                ? Optional.empty()
                : GroupRefusal.of(
                        ErrorCode.UNKNOWN_MEMBER_ID,
                        "Member " + memberId + " is not a member of group " + group.groupId() + ".");
    }

    /** It keeps what it has until its session ends; what it was to give up is free, as it consumes nothing now. */
    private ErrorCode markAway(ConsumerGroup group, ConsumerMember member) {
        ConsumerMemberAssignment away = member.assignment().withEpochs(ConsumerMember.AWAY_EPOCH, member.memberEpoch());
        ErrorCode code = context.coordinator()
                .append(List.of(new ConsumerGroupRecord.CurrentAssignment(group.groupId(), member.memberId(), away)));
        if (code.isNone()) {
            group.timers().cancel(MemberTimers.Kind.REVOCATION, member.memberId());
        }
        return code;
    }

    /** Takes members out; others get their partitions with their next heartbeats. */
    ErrorCode remove(ConsumerGroup group, Set<String> memberIds) {
        if (migration.mayDowngrade(group, memberIds)) {
            return migration.downgrade(group, memberIds);
        }
        GroupDraft draft = new GroupDraft(context, group);
        draft.remove(new HashSet<>(memberIds));
        ErrorCode code = context.coordinator().append(draft.records());
        if (code.isNone()) {
            log.atInfo()
                    .addKeyValue("group", group.groupId())
                    .addKeyValue("members", memberIds)
                    .log("members have left the group");
        }
        return code;
    }

    private void expire(ConsumerGroup group, ConsumerMember member) {
        if (!remove(group, Set.of(member.memberId())).isNone()) {
            context.coordinator().fail();
        }
    }
}
