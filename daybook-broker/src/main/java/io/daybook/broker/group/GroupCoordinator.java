package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import io.daybook.broker.coordinator.Coordinator;
import io.daybook.broker.coordinator.CoordinatorLog;
import io.daybook.runtime.Shard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Coordinates the groups of one partition of {@code __consumer_offsets}. Owned by the partition's shard; answers complete
 * there.
 */
final class GroupCoordinator {
    private final Shard shard;
    private final Coordinator<GroupRecord> coordinator;
    private final GroupState state = new GroupState();
    private final GroupContext context;
    private final ClassicMembership classic;
    private final ConsumerMembership consumers;
    private final ClassicMembersOfConsumerGroup migrating;
    private final GroupOffsets offsets;
    private final CompletableFuture<ErrorCode> loaded;

    /** Starts to load. {@code onFailure} runs when the coordinator must be replaced. */
    GroupCoordinator(String name, Shard shard, CoordinatorLog<GroupRecord> log, GroupSeams seams, Runnable onFailure) {
        this.shard = shard;
        this.coordinator = new Coordinator<>(name, shard, log, state, () -> {
            closeGroups();
            onFailure.run();
        });
        this.context =
                new GroupContext(coordinator, state, seams.ticker(), seams.random(), seams.config(), seams.metadata());
        this.classic = new ClassicMembership(context);
        GroupMigration migration = new GroupMigration(context, classic.rebalance());
        this.consumers = new ConsumerMembership(context, migration);
        this.migrating = new ClassicMembersOfConsumerGroup(context, consumers, migration);
        this.offsets = new GroupOffsets(context);
        this.loaded = coordinator.load();
        loaded.thenAccept(code -> {
            if (code.isNone()) {
                resume();
            }
        });
    }

    /** Completes with {@link ErrorCode#NONE} when the log was replayed, and requests are taken. */
    CompletableFuture<ErrorCode> loaded() {
        return loaded;
    }

    Shard shard() {
        return shard;
    }

    /**
     * Runs a decision, unless the coordinator cannot take it; then the answer is what {@code failed} makes of the code. A
     * decision that throws leaves the state in doubt: the coordinator is given up and will be loaded from the log.
     */
    <T> void decide(
            CompletableFuture<T> answer,
            Function<ErrorCode, T> failed,
            BiConsumer<GroupCoordinator, CompletableFuture<T>> decision) {
        ErrorCode availability = coordinator.availability();
        if (!availability.isNone()) {
            answer.complete(failed.apply(availability));
            return;
        }
        try {
            decision.accept(this, answer);
        } catch (RuntimeException e) {
            coordinator.fail();
            answer.completeExceptionally(e);
        }
    }

    void join(JoinRequest request, CompletableFuture<JoinResult> answer) {
        GroupConfig config = context.config().get();
        if (request.groupId().isEmpty()) {
            answer.complete(JoinResult.failed(ErrorCode.INVALID_GROUP_ID, request.memberId()));
        } else if (request.sessionTimeoutMs() < config.minSessionTimeoutMs()
                || request.sessionTimeoutMs() > config.maxSessionTimeoutMs()) {
            answer.complete(JoinResult.failed(ErrorCode.INVALID_SESSION_TIMEOUT, request.memberId()));
        } else {
            Optional<ConsumerGroup> group =
                    state.findConsumer(request.groupId()).filter(each -> !each.isEmpty());
            group.ifPresentOrElse(
                    each -> context.answer(
                            answer, migrating.join(each, request), ClassicRebalance.failed(request.memberId())),
                    () -> classic.join(request, answer));
        }
    }

    void sync(SyncRequest request, CompletableFuture<SyncResult> answer) {
        state.findConsumer(request.groupId())
                .ifPresentOrElse(
                        group -> context.answer(answer, migrating.sync(group, request), SyncResult::failed),
                        () -> classic.sync(request, answer));
    }

    void heartbeat(HeartbeatRequest request, CompletableFuture<ErrorCode> answer) {
        ErrorCode code = state.findConsumer(request.groupId())
                .map(group -> migrating.heartbeat(group, request))
                .orElseGet(() -> classic.heartbeat(request));
        context.answer(answer, code, failure -> failure);
    }

    void leave(LeaveRequest request, CompletableFuture<LeaveResult> answer) {
        LeaveResult result = state.findConsumer(request.groupId())
                .map(group -> migrating.leave(group, request))
                .orElseGet(() -> classic.leave(request));
        context.answer(answer, result, LeaveResult::failed);
    }

    void consumerHeartbeat(ConsumerHeartbeatRequest request, CompletableFuture<ConsumerHeartbeatResult> answer) {
        context.answer(answer, consumers.heartbeat(request), ConsumerHeartbeatResult::failed);
    }

    void commitOffsets(OffsetCommitRequest request, CompletableFuture<OffsetCommitResult> answer) {
        OffsetCommitResult result = offsets.commit(request);
        if (result.code().isNone()) {
            classic.committed(request.groupId(), request.committer().memberId());
        }
        context.answer(answer, result, OffsetCommitResult::failed);
    }

    void fetchOffsets(OffsetFetchRequest request, CompletableFuture<OffsetFetchResult> answer) {
        context.answer(answer, offsets.fetch(request), OffsetFetchResult::failed);
    }

    void deleteOffsets(
            String groupId, Collection<TopicPartition> partitions, CompletableFuture<OffsetDeleteResult> answer) {
        context.answer(answer, offsets.delete(groupId, partitions), OffsetDeleteResult::failed);
    }

    void deleteGroup(String groupId, CompletableFuture<ErrorCode> answer) {
        context.answer(answer, offsets.deleteGroup(groupId), code -> code);
    }

    void list(CompletableFuture<GroupListings> answer) {
        List<GroupListing> listings = new ArrayList<>();
        for (Group group : state.groups()) {
            listings.add(new GroupListing(group.groupId(), group.protocolType(), group.stateName(), group.type()));
        }
        context.answer(answer, new GroupListings(ErrorCode.NONE, listings), GroupListings::failed);
    }

    void describeClassic(String groupId, CompletableFuture<ClassicGroupDescription> answer) {
        ClassicGroupDescription description = state.findClassic(groupId)
                .map(GroupCoordinator::describe)
                .orElseGet(() -> ClassicGroupDescription.failed(
                        groupId,
                        ErrorCode.GROUP_ID_NOT_FOUND,
                        state.find(groupId).isPresent()
                                ? "Group " + groupId + " is not a classic group."
                                : "Group " + groupId + " not found."));
        context.answer(answer, description, code -> ClassicGroupDescription.failed(groupId, code, ""));
    }

    void describeConsumer(String groupId, CompletableFuture<ConsumerGroupDescription> answer) {
        ConsumerGroupDescription description = state.findConsumer(groupId)
                .map(group -> ConsumerGroupDescription.of(
                        group, context.config().get().consumer()))
                .orElseGet(() -> ConsumerGroupDescription.failed(
                        groupId,
                        ErrorCode.GROUP_ID_NOT_FOUND,
                        state.find(groupId).isPresent()
                                ? "Group " + groupId + " is not a consumer group."
                                : "Group " + groupId + " not found."));
        context.answer(answer, description, code -> ConsumerGroupDescription.failed(groupId, code, ""));
    }

    private static ClassicGroupDescription describe(ClassicGroup group) {
        boolean stable = group.state() == ClassicState.STABLE;
        List<ClassicGroupMetadata.Member> members = new ArrayList<>();
        for (ClassicMember member : group.members()) {
            members.add(member.stored(
                    stable ? group.protocolName() : "", stable ? member.assignment() : OpaqueBytes.EMPTY));
        }
        return new ClassicGroupDescription(
                ErrorCode.NONE,
                "",
                group.groupId(),
                group.stateName(),
                group.protocolType(),
                stable ? group.protocolName() : "",
                members);
    }

    /** Topics have changed; offsets of those that are gone are forgotten. */
    void topicsChanged() {
        if (coordinator.availability().isNone()
                && !offsets.forgetMissingTopics().isNone()) {
            coordinator.fail();
        }
    }

    /** After the load: members must show that they are alive, offsets age. */
    private void resume() {
        for (Group group : state.groups()) {
            state.findConsumer(group.groupId()).ifPresent(consumers.sessions()::resume);
            state.findClassic(group.groupId()).ifPresent(each -> each.members()
                    .forEach(member -> classic.rebalance().keepAlive(each, member)));
        }
        topicsChanged();
        scheduleExpiry();
    }

    private void scheduleExpiry() {
        coordinator.schedule(context.config().get().offsetsRetentionCheckIntervalMs(), () -> {
            if (offsets.expire().isNone()) {
                scheduleExpiry();
            } else {
                coordinator.fail();
            }
        });
    }

    private void closeGroups() {
        state.groups().forEach(group -> group.close(ErrorCode.NOT_COORDINATOR));
    }

    GroupState state() {
        return state;
    }
}
