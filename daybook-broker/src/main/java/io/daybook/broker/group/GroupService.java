package io.daybook.broker.group;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All groups of the broker: finds the coordinator of a group and hands it the request. Coordinators are loaded when they
 * are first asked for. Safe for use by any thread; answers complete on the shard of the group's coordinator. No answer is
 * exceptional unless there is a defect.
 */
public final class GroupService {
    private final GroupPartitions partitions;
    private final GroupSeams seams;
    private final Map<Integer, CompletableFuture<GroupCoordinator>> coordinators = new ConcurrentHashMap<>();

    public GroupService(GroupPartitions partitions, GroupSeams seams) {
        this.partitions = partitions;
        this.seams = seams;
    }

    /** Makes sure that this broker coordinates the group, and that the coordinator has loaded. */
    public CompletableFuture<ErrorCode> prepare(String groupId) {
        return partitions.ensureTopic().thenCompose(code -> {
            if (!code.isNone()) {
                return CompletableFuture.completedFuture(ErrorCode.COORDINATOR_NOT_AVAILABLE);
            }
            return coordinator(partitionOf(groupId))
                    .thenCompose(GroupCoordinator::loaded)
                    .exceptionally(failure -> ErrorCode.COORDINATOR_NOT_AVAILABLE)
                    .thenApply(loaded -> loaded.isNone() ? loaded : ErrorCode.COORDINATOR_NOT_AVAILABLE);
        });
    }

    /** Answers when the group's next generation begins, or at once with an error. */
    public CompletableFuture<JoinResult> join(JoinRequest request) {
        return ask(
                request.groupId(),
                code -> JoinResult.failed(code, request.memberId()),
                (coordinator, answer) -> coordinator.join(request, answer));
    }

    /** Answers when the leader has assigned, or at once with an error. */
    public CompletableFuture<SyncResult> sync(SyncRequest request) {
        return ask(request.groupId(), SyncResult::failed, (coordinator, answer) -> coordinator.sync(request, answer));
    }

    /** Says that a classic member is alive. */
    public CompletableFuture<ErrorCode> heartbeat(HeartbeatRequest request) {
        return ask(request.groupId(), code -> code, (coordinator, answer) -> coordinator.heartbeat(request, answer));
    }

    /** A member of the consumer protocol joins, is alive, or leaves. */
    public CompletableFuture<ConsumerHeartbeatResult> consumerHeartbeat(ConsumerHeartbeatRequest request) {
        return ask(
                request.groupId(),
                ConsumerHeartbeatResult::failed,
                (coordinator, answer) -> coordinator.consumerHeartbeat(request, answer));
    }

    /** Takes members out of their group. */
    public CompletableFuture<LeaveResult> leave(LeaveRequest request) {
        return ask(request.groupId(), LeaveResult::failed, (coordinator, answer) -> coordinator.leave(request, answer));
    }

    /** Answers when the offsets are durable. */
    public CompletableFuture<OffsetCommitResult> commitOffsets(OffsetCommitRequest request) {
        return ask(
                request.groupId(),
                OffsetCommitResult::failed,
                (coordinator, answer) -> coordinator.commitOffsets(request, answer));
    }

    /** Answers with offsets that no crash takes back. */
    public CompletableFuture<OffsetFetchResult> fetchOffsets(OffsetFetchRequest request) {
        return ask(
                request.groupId(),
                OffsetFetchResult::failed,
                (coordinator, answer) -> coordinator.fetchOffsets(request, answer));
    }

    /** Forgets offsets of topics that the group does not subscribe to. */
    public CompletableFuture<OffsetDeleteResult> deleteOffsets(String groupId, Collection<TopicPartition> offsetsOf) {
        List<TopicPartition> copy = List.copyOf(offsetsOf);
        return ask(
                groupId,
                OffsetDeleteResult::failed,
                (coordinator, answer) -> coordinator.deleteOffsets(groupId, copy, answer));
    }

    /** Forgets an empty group and its offsets. */
    public CompletableFuture<ErrorCode> deleteGroup(String groupId) {
        return ask(groupId, code -> code, (coordinator, answer) -> coordinator.deleteGroup(groupId, answer));
    }

    /** Describes a group of the classic protocol. */
    public CompletableFuture<ClassicGroupDescription> describeClassic(String groupId) {
        return ask(
                groupId,
                code -> ClassicGroupDescription.failed(groupId, code, ""),
                (coordinator, answer) -> coordinator.describeClassic(groupId, answer));
    }

    /** Describes a group of the consumer protocol. */
    public CompletableFuture<ConsumerGroupDescription> describeConsumer(String groupId) {
        return ask(
                groupId,
                code -> ConsumerGroupDescription.failed(groupId, code, ""),
                (coordinator, answer) -> coordinator.describeConsumer(groupId, answer));
    }

    /** All groups; loads every coordinator that is not loaded yet. */
    public CompletableFuture<GroupListings> list() {
        CompletableFuture<GroupListings> all =
                CompletableFuture.completedFuture(new GroupListings(ErrorCode.NONE, List.of()));
        for (int partition = 0; partition < partitions.count(); partition++) {
            CompletableFuture<GroupListings> next = loadedCoordinator(partition)
                    .thenCompose(coordinator ->
                            onShard(coordinator, GroupListings::failed, (current, answer) -> current.list(answer)))
                    .exceptionally(failure -> GroupListings.failed(ErrorCode.COORDINATOR_NOT_AVAILABLE));
            all = all.thenCombine(next, GroupService::merge);
        }
        return all;
    }

    /** Loads every coordinator that is not loaded yet, so that offsets expire that nobody asks for. */
    public void load() {
        for (int partition = 0; partition < partitions.count(); partition++) {
            coordinator(partition);
        }
    }

    /** Topics were deleted: the metadata says what there is now. */
    public void topicsChanged() {
        for (CompletableFuture<GroupCoordinator> each : coordinators.values()) {
            each.thenAccept(coordinator -> coordinator.shard().post(coordinator::topicsChanged));
        }
    }

    /** The state of every coordinator that is open; for tests on the shard's thread. */
    void forEachState(Consumer<GroupState> action) {
        coordinators.values().forEach(each -> each.thenAccept(coordinator -> action.accept(coordinator.state())));
    }

    private static GroupListings merge(GroupListings some, GroupListings more) {
        if (!some.code().isNone() || !more.code().isNone()) {
            return some.code().isNone() ? more : some;
        }
        List<GroupListing> groups = new ArrayList<>(some.groups());
        groups.addAll(more.groups());
        return new GroupListings(ErrorCode.NONE, groups);
    }

    private <T> CompletableFuture<T> ask(
            String groupId,
            Function<ErrorCode, T> failed,
            BiConsumer<GroupCoordinator, CompletableFuture<T>> decision) {
        if (partitions.count() == 0) {
            return CompletableFuture.completedFuture(failed.apply(ErrorCode.NOT_COORDINATOR));
        }
        return coordinator(partitionOf(groupId))
                .handle((coordinator, failure) -> failure == null
                        ? onShard(coordinator, failed, decision)
                        : CompletableFuture.completedFuture(failed.apply(ErrorCode.NOT_COORDINATOR)))
                .thenCompose(answer -> answer);
    }

    private static <T> CompletableFuture<T> onShard(
            GroupCoordinator coordinator,
            Function<ErrorCode, T> failed,
            BiConsumer<GroupCoordinator, CompletableFuture<T>> decision) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (!coordinator.shard().offer(() -> coordinator.decide(answer, failed, decision))) {
            answer.complete(failed.apply(ErrorCode.COORDINATOR_NOT_AVAILABLE));
        }
        return answer;
    }

    private CompletableFuture<GroupCoordinator> loadedCoordinator(int partition) {
        return coordinator(partition)
                .thenCompose(coordinator -> coordinator.loaded().thenApply(code -> coordinator));
    }

    /** Completes when the partition is open and the coordinator has begun to load. */
    private CompletableFuture<GroupCoordinator> coordinator(int partition) {
        CompletableFuture<GroupCoordinator> opening = new CompletableFuture<>();
        CompletableFuture<GroupCoordinator> existing = coordinators.putIfAbsent(partition, opening);
        if (existing != null) {
            return existing;
        }
        partitions.open(partition).whenComplete((home, failure) -> {
            if (failure != null) {
                coordinators.remove(partition, opening);
                opening.completeExceptionally(failure);
                return;
            }
            home.shard()
                    .run(() -> opening.complete(new GroupCoordinator(
                            "groups-" + partition,
                            home.shard(),
                            home.log(),
                            seams,
                            () -> coordinators.remove(partition, opening))));
        });
        return opening;
    }

    /** Kafka's placement of groups, so that tools that read the topic find a group where they look for it. */
    private int partitionOf(String groupId) {
        int hash = groupId.hashCode();
        return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % partitions.count();
    }
}
