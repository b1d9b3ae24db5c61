package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Decides what members of classic groups ask for: to join, to have an assignment, to stay, to leave. Owned by the
 * coordinator's shard. The order of the checks is Kafka's, because clients act on the first error.
 */
final class ClassicMembership {
    private final GroupContext context;
    private final ClassicRebalance rebalance;

    ClassicMembership(GroupContext context) {
        this.context = context;
        this.rebalance = new ClassicRebalance(context);
    }

    ClassicRebalance rebalance() {
        return rebalance;
    }

    void join(JoinRequest request, CompletableFuture<JoinResult> answer) {
        Optional<ClassicGroup> existing = context.state().findClassic(request.groupId());
        if (existing.isEmpty() && !request.isNewMember()) {
            refuse(answer, ErrorCode.UNKNOWN_MEMBER_ID, request.memberId());
            return;
        }
        if (existing.isEmpty()) {
            boolean othersAreThere = context.state()
                    .find(request.groupId())
                    .filter(group -> !group.isEmpty())
                    .isPresent();
            if (othersAreThere) {
                refuse(answer, ErrorCode.INCONSISTENT_GROUP_PROTOCOL, request.memberId());
                return;
            }
            ErrorCode created = create(request.groupId());
            if (!created.isNone()) {
                refuse(answer, created, request.memberId());
                return;
            }
        }
        ClassicGroup group = context.state().findClassic(request.groupId()).orElseThrow();
        if (!hasRoomFor(group, request.memberId())) {
            group.forgetPending(request.memberId());
            group.member(request.memberId())
                    .ifPresent(member -> rebalance.dropMember(group, member, ErrorCode.GROUP_MAX_SIZE_REACHED));
            refuse(answer, ErrorCode.GROUP_MAX_SIZE_REACHED, "");
        } else if (!group.supports(request.protocolType(), request.protocols())) {
            refuse(answer, ErrorCode.INCONSISTENT_GROUP_PROTOCOL, request.memberId());
        } else if (request.isNewMember()) {
            joinNew(group, request, answer);
        } else if (group.isPending(request.memberId())) {
            addAndRebalance(group, new ClassicMember(request.memberId(), request), answer);
        } else {
            rejoin(group, request, answer);
        }
    }

    private ErrorCode create(String groupId) {
        ClassicGroupMetadata empty = ClassicGroupMetadata.empty("", 0, context.nowMs());
        List<GroupRecord> records = new ArrayList<>();
        context.state().find(groupId).ifPresent(group -> records.addAll(group.tombstones()));
        records.add(new ClassicGroupRecord.Stored(groupId, empty));
        return context.coordinator().append(records);
    }

    private boolean hasRoomFor(ClassicGroup group, String memberId) {
        int maxSize = context.config().get().maxSize();
        Optional<ClassicMember> member = group.member(memberId);
        return switch (group.state()) {
            case EMPTY -> true;
            case PREPARING_REBALANCE ->
                member.isPresent() && member.get().isAwaitingJoin() || group.awaitingJoinCount() < maxSize;
            case COMPLETING_REBALANCE, STABLE ->
                member.isPresent() || group.members().size() < maxSize;
        };
    }

    private void joinNew(ClassicGroup group, JoinRequest request, CompletableFuture<JoinResult> answer) {
        String prefix =
                request.isStatic() ? request.instanceId() : request.client().clientId();
        String memberId = prefix + "-" + context.random().nextUuid();
        Optional<ClassicMember> former = group.staticMember(request.instanceId());
        if (former.isPresent()) {
            new StaticReplacement(context, rebalance, group, former.get())
                    .replaceBy(new ClassicMember(memberId, request), request, answer);
        } else if (!request.isStatic() && request.knowsMemberIdRequired()) {
            rebalance.watchPending(group, memberId, request.sessionTimeoutMs());
            refuse(answer, ErrorCode.MEMBER_ID_REQUIRED, memberId);
        } else {
            addAndRebalance(group, new ClassicMember(memberId, request), answer);
        }
    }

    private void rejoin(ClassicGroup group, JoinRequest request, CompletableFuture<JoinResult> answer) {
        ErrorCode known = group.checkMember(request.memberId(), request.instanceId());
        if (!known.isNone()) {
            refuse(answer, known, request.memberId());
            return;
        }
        ClassicMember member = group.member(request.memberId()).orElseThrow();
        boolean unchanged = member.matches(request.protocols());
        boolean answerAtOnce =
                switch (group.state()) {
                    case EMPTY, PREPARING_REBALANCE -> false;
                    case COMPLETING_REBALANCE -> unchanged;
                    case STABLE -> unchanged && !group.isLeader(member.memberId());
                };
        if (answerAtOnce) {
            context.answer(answer, rebalance.joined(group, member), ClassicRebalance.failed(member.memberId()));
        } else {
            member.update(request);
            park(member, answer);
            rebalance.prepareOrComplete(group);
        }
    }

    private void addAndRebalance(ClassicGroup group, ClassicMember member, CompletableFuture<JoinResult> answer) {
        if (group.state() == ClassicState.PREPARING_REBALANCE && group.previousState() == ClassicState.EMPTY) {
            group.markNewMemberAdded();
        }
        member.markNew(true);
        group.add(member);
        park(member, answer);
        rebalance.watchSession(group, member, ClassicRebalance.NEW_MEMBER_JOIN_TIMEOUT_MS);
        rebalance.prepareOrComplete(group);
    }

    private void park(ClassicMember member, CompletableFuture<JoinResult> answer) {
        member.awaitJoin(answer)
                .ifPresent(former -> refuse(former, ErrorCode.REBALANCE_IN_PROGRESS, member.memberId()));
    }

    private void refuse(CompletableFuture<JoinResult> answer, ErrorCode code, String memberId) {
        context.answer(answer, JoinResult.failed(code, memberId), ClassicRebalance.failed(memberId));
    }

    void sync(SyncRequest request, CompletableFuture<SyncResult> answer) {
        Optional<ClassicGroup> existing = context.state().findClassic(request.groupId());
        ErrorCode refused = existing.map(group -> checkSync(group, request)).orElse(ErrorCode.UNKNOWN_MEMBER_ID);
        if (!refused.isNone()) {
            context.answer(answer, SyncResult.failed(refused), SyncResult::failed);
            return;
        }
        ClassicGroup group = existing.orElseThrow();
        ClassicMember member = group.member(request.memberId()).orElseThrow();
        group.receivedSync(member.memberId());
        if (group.state() == ClassicState.STABLE) {
            context.answer(answer, rebalance.synced(group, member), SyncResult::failed);
            return;
        }
        member.awaitSync(answer)
                .ifPresent(former ->
                        context.answer(former, SyncResult.failed(ErrorCode.REBALANCE_IN_PROGRESS), SyncResult::failed));
        if (group.isLeader(member.memberId())) {
            storeAssignments(group, request);
        }
    }

    private ErrorCode checkSync(ClassicGroup group, SyncRequest request) {
        ErrorCode known = group.checkMember(request.memberId(), request.instanceId());
        if (!known.isNone()) {
            return known;
        }
        if (request.generationId() != group.generationId()) {
            return ErrorCode.ILLEGAL_GENERATION;
        }
        if (contradicts(request.protocolType(), group.protocolType())
                || contradicts(request.protocolName(), group.protocolName())) {
            return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
        }
        return switch (group.state()) {
            case EMPTY -> ErrorCode.UNKNOWN_MEMBER_ID;
            case PREPARING_REBALANCE -> ErrorCode.REBALANCE_IN_PROGRESS;
            case COMPLETING_REBALANCE, STABLE -> ErrorCode.NONE;
        };
    }

    private static boolean contradicts(String said, String known) {
        return !said.isEmpty() && !known.isEmpty() && !said.equals(known);
    }

    /** Who is not in the leader's answer gets nothing. */
    private void storeAssignments(ClassicGroup group, SyncRequest request) {
        ClassicGroupMetadata metadata = group.stored(
                member -> request.assignments().getOrDefault(member.memberId(), OpaqueBytes.EMPTY), context.nowMs());
        ErrorCode code =
                context.coordinator().append(List.of(new ClassicGroupRecord.Stored(group.groupId(), metadata)));
        if (code.isNone()) {
            rebalance.propagateAssignments(group, ErrorCode.NONE);
        } else {
            rebalance.propagateAssignments(group, code);
            rebalance.prepareOrComplete(group);
        }
    }

    ErrorCode heartbeat(HeartbeatRequest request) {
        Optional<ClassicGroup> existing = context.state().findClassic(request.groupId());
        if (existing.isEmpty()) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        ClassicGroup group = existing.get();
        ErrorCode known = group.checkMember(request.memberId(), request.instanceId());
        if (!known.isNone()) {
            return known;
        }
        if (request.generationId() != group.generationId()) {
            return ErrorCode.ILLEGAL_GENERATION;
        }
        rebalance.keepAlive(group, group.member(request.memberId()).orElseThrow());
        return group.state() == ClassicState.PREPARING_REBALANCE ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
    }

    /** A commit of a member says, too, that it is alive. */
    void committed(String groupId, String memberId) {
        context.state()
                .findClassic(groupId)
                .filter(group ->
                        group.state() == ClassicState.STABLE || group.state() == ClassicState.PREPARING_REBALANCE)
                .ifPresent(group -> group.member(memberId).ifPresent(member -> rebalance.keepAlive(group, member)));
    }

    LeaveResult leave(LeaveRequest request) {
        Optional<ClassicGroup> existing = context.state().findClassic(request.groupId());
        List<LeaveResult.Left> left = new ArrayList<>();
        boolean changed = false;
        for (LeaveRequest.Leaver leaver : request.leavers()) {
            ErrorCode code = existing.map(group -> leave(group, leaver)).orElse(ErrorCode.UNKNOWN_MEMBER_ID);
            changed |= code.isNone();
            left.add(new LeaveResult.Left(leaver.memberId(), leaver.instanceId(), code));
        }
        if (changed) {
            rebalanceAfterLeave(existing.orElseThrow());
        }
        return new LeaveResult(ErrorCode.NONE, left);
    }

    private ErrorCode leave(ClassicGroup group, LeaveRequest.Leaver leaver) {
        if (leaver.memberId().isEmpty()) {
            Optional<ClassicMember> named = group.staticMember(leaver.instanceId());
            named.ifPresent(member -> rebalance.dropMember(group, member, ErrorCode.UNKNOWN_MEMBER_ID));
            return named.isPresent() ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
        }
        if (group.isPending(leaver.memberId())) {
            group.forgetPending(leaver.memberId());
            return ErrorCode.NONE;
        }
        ErrorCode known = group.checkMember(leaver.memberId(), leaver.instanceId());
        if (known.isNone()) {
            rebalance.dropMember(group, group.member(leaver.memberId()).orElseThrow(), ErrorCode.UNKNOWN_MEMBER_ID);
        }
        return known;
    }

    private void rebalanceAfterLeave(ClassicGroup group) {
        switch (group.state()) {
            case STABLE, COMPLETING_REBALANCE -> rebalance.prepare(group);
            case PREPARING_REBALANCE -> rebalance.completeIfAllJoined(group);
            case EMPTY -> {
                // Only members that had not joined yet can leave here.
            }
        }
    }
}
