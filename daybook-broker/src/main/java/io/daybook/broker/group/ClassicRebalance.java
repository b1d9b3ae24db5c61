package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a classic group comes from one generation to the next: it waits for its members to join, starts a generation,
 * waits for the leader's assignment, stores it. Owned by the coordinator's shard.
 */
final class ClassicRebalance {
    /** How long a new member, which cannot send heartbeats yet, may wait for its first generation. */
    static final int NEW_MEMBER_JOIN_TIMEOUT_MS = 5 * 60 * 1000;

    private static final Logger log = LoggerFactory.getLogger(ClassicRebalance.class);

    private final GroupContext context;

    ClassicRebalance(GroupContext context) {
        this.context = context;
    }

    /** The group has changed: a rebalance begins, or the one that is under way may have all it waits for. */
    void prepareOrComplete(ClassicGroup group) {
        if (group.canRebalance()) {
            prepare(group);
        } else {
            completeIfAllJoined(group);
        }
    }

    /** Everybody must join again. A group without members waits a little for more of them to come. */
    void prepare(ClassicGroup group) {
        if (group.state() == ClassicState.COMPLETING_REBALANCE) {
            for (ClassicMember member : group.members()) {
                member.assign(OpaqueBytes.EMPTY);
            }
            propagateAssignments(group, ErrorCode.REBALANCE_IN_PROGRESS);
        }
        group.stopWatchingSync();
        boolean wasEmpty = group.state() == ClassicState.EMPTY;
        group.transitionTo(ClassicState.PREPARING_REBALANCE, context.nowMs());
        if (wasEmpty) {
            int delayMs = context.config().get().initialRebalanceDelayMs();
            int remainingMs = Math.max(group.rebalanceTimeoutMs() - delayMs, 0);
            scheduleJoin(group, delayMs, current -> completeInitialOrWaitOn(current, delayMs, remainingMs));
        } else if (group.hasAllMembersJoined()) {
            completeJoin(group);
        } else {
            scheduleJoin(group, group.rebalanceTimeoutMs(), this::completeJoin);
        }
    }

    /** A group's first rebalance has its own delay and does not end early. */
    void completeIfAllJoined(ClassicGroup group) {
        if (group.state() == ClassicState.PREPARING_REBALANCE
                && group.previousState() != ClassicState.EMPTY
                && group.hasAllMembersJoined()) {
            completeJoin(group);
        }
    }

    /** The member is gone; the others rebalance. */
    void removeMember(ClassicGroup group, ClassicMember member) {
        dropMember(group, member, ErrorCode.UNKNOWN_MEMBER_ID);
        prepareOrComplete(group);
    }

    /** The member is gone; what it waits for is answered with the code. */
    void dropMember(ClassicGroup group, ClassicMember member, ErrorCode code) {
        group.remove(member);
        member.takeAwaitingJoin().ifPresent(answer -> context.answer(answer, JoinResult.failed(code, ""), failed("")));
        member.takeAwaitingSync()
                .ifPresent(answer -> context.answer(answer, SyncResult.failed(code), SyncResult::failed));
    }

    /** The member has {@code session.timeout.ms} from now to say something. */
    void keepAlive(ClassicGroup group, ClassicMember member) {
        watchSession(group, member, member.sessionTimeoutMs());
    }

    /** The member is removed if nothing is heard of it, and it waits for nothing. */
    void watchSession(ClassicGroup group, ClassicMember member, int timeoutMs) {
        String groupId = group.groupId();
        String memberId = member.memberId();
        member.watch(context.coordinator()
                .schedule(
                        timeoutMs,
                        () -> withGroup(groupId, current -> current.member(memberId)
                                .filter(each -> each.isNew() || !(each.isAwaitingJoin() || each.isAwaitingSync()))
                                .ifPresent(each -> expire(current, each)))));
    }

    /** A member that was given an identity and does not come back with it is forgotten. */
    void watchPending(ClassicGroup group, String memberId, int timeoutMs) {
        String groupId = group.groupId();
        group.addPending(
                memberId,
                context.coordinator()
                        .schedule(
                                timeoutMs,
                                () -> withGroup(groupId, current -> {
                                    current.forgetPending(memberId);
                                    completeIfAllJoined(current);
                                })));
    }

    /** The answer that a member of the current generation gets; the leader is told who the others are. */
    JoinResult joined(ClassicGroup group, ClassicMember member) {
        boolean leads = group.isLeader(member.memberId());
        return new JoinResult(
                ErrorCode.NONE,
                group.generationId(),
                group.protocolType(),
                group.protocolName(),
                group.leaderId(),
                false,
                member.memberId(),
                leads ? everybody(group) : List.of());
    }

    private static List<JoinResult.Member> everybody(ClassicGroup group) {
        List<JoinResult.Member> members = new ArrayList<>(group.members().size());
        for (ClassicMember member : group.members()) {
            members.add(new JoinResult.Member(
                    member.memberId(), member.instanceId(), member.metadata(group.protocolName())));
        }
        return members;
    }

    /** Answers who waits for an assignment; everybody's session starts again. */
    void propagateAssignments(ClassicGroup group, ErrorCode code) {
        for (ClassicMember member : group.members()) {
            Optional<CompletableFuture<SyncResult>> waiting = member.takeAwaitingSync();
            if (waiting.isPresent()) {
                SyncResult result = code.isNone() ? synced(group, member) : SyncResult.failed(code);
                context.answer(waiting.get(), result, SyncResult::failed);
                keepAlive(group, member);
            }
        }
    }

    SyncResult synced(ClassicGroup group, ClassicMember member) {
        return new SyncResult(ErrorCode.NONE, group.protocolType(), group.protocolName(), member.assignment());
    }

    private void completeInitialOrWaitOn(ClassicGroup group, int waitedMs, int remainingMs) {
        if (group.takeNewMemberAdded() && remainingMs > 0) {
            int delayMs = Math.min(context.config().get().initialRebalanceDelayMs(), remainingMs);
            int stillRemainingMs = Math.max(remainingMs - waitedMs, 0);
            scheduleJoin(group, delayMs, current -> completeInitialOrWaitOn(current, delayMs, stillRemainingMs));
        } else {
            completeJoin(group);
        }
    }

    /** The wait is over: who has not joined is out, unless it is static, and the next generation begins. */
    private void completeJoin(ClassicGroup group) {
        group.stopWatchingJoin();
        for (ClassicMember member : List.copyOf(group.members())) {
            if (!member.isAwaitingJoin() && !member.isStatic()) {
                dropMember(group, member, ErrorCode.UNKNOWN_MEMBER_ID);
            }
        }
        if (group.isEmpty()) {
            storeEmpty(group);
        } else if (!group.electJoinedLeader()) {
            scheduleJoin(group, group.rebalanceTimeoutMs(), this::completeJoin);
        } else {
            beginGeneration(group);
        }
    }

    private void storeEmpty(ClassicGroup group) {
        ClassicGroupMetadata empty =
                ClassicGroupMetadata.empty(group.protocolType(), group.generationId() + 1, context.nowMs());
        ErrorCode code = context.coordinator().append(List.of(new ClassicGroupRecord.Stored(group.groupId(), empty)));
        if (!code.isNone()) {
            context.coordinator().fail();
        }
    }

    private void beginGeneration(ClassicGroup group) {
        group.beginGeneration(context.nowMs());
        log.atInfo()
                .addKeyValue("group", group.groupId())
                .addKeyValue("generation", group.generationId())
                .addKeyValue("members", group.members().size())
                .log("group has a new generation");
        for (ClassicMember member : group.members()) {
            JoinResult result = joined(group, member);
            member.takeAwaitingJoin().ifPresent(answer -> context.answer(answer, result, failed(member.memberId())));
            keepAlive(group, member);
            member.markNew(false);
        }
        String groupId = group.groupId();
        int generationId = group.generationId();
        group.watchSync(context.coordinator()
                .schedule(
                        group.rebalanceTimeoutMs(),
                        () -> withGroup(groupId, current -> {
                            if (current.generationId() == generationId) {
                                expirePendingSync(current);
                            }
                        })));
    }

    /** Who joined and never asked for its assignment is out. */
    private void expirePendingSync(ClassicGroup group) {
        if (group.state() != ClassicState.COMPLETING_REBALANCE && group.state() != ClassicState.STABLE) {
            return;
        }
        boolean removed = false;
        for (String memberId : group.pendingSync()) {
            Optional<ClassicMember> member = group.member(memberId);
            if (member.isPresent()) {
                dropMember(group, member.get(), ErrorCode.UNKNOWN_MEMBER_ID);
                removed = true;
            }
        }
        if (removed) {
            prepare(group);
        }
    }

    private void expire(ClassicGroup group, ClassicMember member) {
        log.atInfo()
                .addKeyValue("group", group.groupId())
                .addKeyValue("member", member.memberId())
                .log("member's session has expired");
        removeMember(group, member);
    }

    private void scheduleJoin(ClassicGroup group, long delayMs, Consumer<ClassicGroup> then) {
        String groupId = group.groupId();
        group.watchJoin(context.coordinator()
                .schedule(
                        delayMs,
                        () -> withGroup(groupId, current -> {
                            if (current.state() == ClassicState.PREPARING_REBALANCE) {
                                then.accept(current);
                            }
                        })));
    }

    private void withGroup(String groupId, Consumer<ClassicGroup> then) {
        context.state().findClassic(groupId).ifPresent(then);
    }

    static Function<ErrorCode, JoinResult> failed(String memberId) {
        return code -> JoinResult.failed(code, memberId);
    }
}
