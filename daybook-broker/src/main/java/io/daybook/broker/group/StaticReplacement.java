package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A static member has come back under a new identity (KIP-345): it takes the place of its former self, which is fenced.
 * In a stable group nobody else notices. Owned by the coordinator's shard.
 */
final class StaticReplacement {
    private final GroupContext context;
    private final ClassicRebalance rebalance;
    private final ClassicGroup group;
    private final ClassicMember former;

    StaticReplacement(GroupContext context, ClassicRebalance rebalance, ClassicGroup group, ClassicMember former) {
        this.context = context;
        this.rebalance = rebalance;
        this.group = group;
        this.former = former;
    }

    void replaceBy(ClassicMember successor, JoinRequest request, CompletableFuture<JoinResult> answer) {
        successor.assign(former.assignment());
        if (group.state() == ClassicState.STABLE
                && group.chooseProtocolWith(former, successor).equals(group.protocolName())) {
            replaceQuietly(successor, request, answer);
            return;
        }
        group.replace(former, successor);
        fenceFormer();
        successor.awaitJoin(answer);
        rebalance.keepAlive(group, successor);
        rebalance.prepareOrComplete(group);
    }

    /**
     * The generation goes on, with the new identity in the log. A leader is told everybody's subscriptions, so that it can
     * watch the topics, and not to assign (KIP-814); one that cannot be told so must not learn that it leads.
     */
    private void replaceQuietly(ClassicMember successor, JoinRequest request, CompletableFuture<JoinResult> answer) {
        boolean leads = group.isLeader(former.memberId());
        ClassicGroupMetadata metadata = group.storedWith(former, successor, context.nowMs());
        ErrorCode code =
                context.coordinator().append(List.of(new ClassicGroupRecord.Stored(group.groupId(), metadata)));
        if (!code.isNone()) {
            answer(answer, JoinResult.failed(code, ""));
            return;
        }
        fenceFormer();
        ClassicMember member = group.member(successor.memberId()).orElseThrow();
        member.update(request);
        rebalance.keepAlive(group, member);
        JoinResult joined = rebalance.joined(group, member);
        if (!leads) {
            answer(answer, joined);
        } else if (request.canSkipAssignment()) {
            answer(answer, joined.skippingAssignment());
        } else {
            answer(answer, joined.asFollowerOf(former.memberId()));
        }
    }

    private void fenceFormer() {
        JoinResult fenced = JoinResult.failed(ErrorCode.FENCED_INSTANCE_ID, former.memberId());
        former.takeAwaitingJoin().ifPresent(waiting -> answer(waiting, fenced));
        former.takeAwaitingSync()
                .ifPresent(waiting ->
                        context.answer(waiting, SyncResult.failed(ErrorCode.FENCED_INSTANCE_ID), SyncResult::failed));
    }

    private void answer(CompletableFuture<JoinResult> answer, JoinResult result) {
        context.answer(answer, result, code -> JoinResult.failed(code, result.memberId()));
    }
}
