package io.daybook.log.segment;

import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.log.LogDirState;
import io.daybook.log.RetentionOutlook;
import io.daybook.runtime.Shard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Chains in memory, for tests. What is asynchronous waits in {@link #runNext} until a test lets it happen, so that any delay
 * can be played; {@link #failSyncs()} breaks it for good. Stores what became durable only: {@link #crash()} loses the rest.
 */
public final class MemorySegmentEngine implements SegmentEngine {
    private final Map<TopicIdPartition, StoredChain> stored = new HashMap<>();
    private final Queue<Runnable> outstanding = new ArrayDeque<>();
    private final List<Runnable> failureListeners = new ArrayList<>();
    private long lastOwnerEpoch;
    private boolean failed;
    private int crashes;

    /** What outlives an owner. */
    static final class StoredChain {
        final Map<String, byte[]> blobs = new HashMap<>();
        List<MemorySegment> segments = new ArrayList<>();
        long ownerEpoch;
        long startOffset;
        long recoveryOffset;
    }

    /** Lets the next outstanding thing happen; false if there is none. */
    public boolean runNext() {
        Runnable next = outstanding.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    /** From now on nothing becomes durable any more. */
    public void failSyncs() {
        failed = true;
        failureListeners.forEach(Runnable::run);
    }

    /** Everything that was not durable is lost, and nobody hears of anything that was outstanding. */
    public void crash() {
        crashes++;
        outstanding.clear();
        failed = false;
        stored.values().forEach(chain -> {
            chain.segments.forEach(MemorySegment::loseUnsynced);
            chain.segments.removeIf(segment -> !segment.isDurable());
            chain.ownerEpoch = ++lastOwnerEpoch;
        });
    }

    boolean isFailed() {
        return failed;
    }

    void later(Runnable task) {
        int epoch = crashes;
        outstanding.add(() -> {
            if (epoch == crashes) {
                task.run();
            }
        });
    }

    @Override
    public CompletableFuture<SegmentChain> open(TopicIdPartition id, Shard owner) {
        CompletableFuture<SegmentChain> opened = new CompletableFuture<>();
        StoredChain chain = stored.computeIfAbsent(id, key -> new StoredChain());
        chain.ownerEpoch = ++lastOwnerEpoch;
        long ownerEpoch = chain.ownerEpoch;
        later(() -> owner.post(() -> opened.complete(new MemoryChain(this, chain, ownerEpoch, owner))));
        return opened;
    }

    @Override
    public CompletableFuture<Void> delete(TopicIdPartition id) {
        StoredChain chain = stored.remove(id);
        if (chain != null) {
            chain.ownerEpoch = ++lastOwnerEpoch;
        }
        CompletableFuture<Void> deleted = new CompletableFuture<>();
        later(() -> deleted.complete(null));
        return deleted;
    }

    @Override
    public List<TopicPartition> partitions() {
        return stored.keySet().stream().map(TopicIdPartition::topicPartition).toList();
    }

    @Override
    public Optional<Uuid> topicIdOf(TopicPartition partition) {
        return stored.keySet().stream()
                .filter(each -> each.topicPartition().equals(partition))
                .map(TopicIdPartition::topicId)
                .findFirst();
    }

    @Override
    public CompletableFuture<RetentionOutlook> outlook(TopicIdPartition id, Shard owner, boolean withSizes) {
        return CompletableFuture.completedFuture(
                stored.containsKey(id) ? RetentionOutlook.UNCERTAIN : RetentionOutlook.NOTHING);
    }

    @Override
    public List<LogDirState> logDirs() {
        return List.of();
    }

    @Override
    public boolean isOnline(TopicIdPartition id) {
        return !failed;
    }

    @Override
    public boolean isWhole() {
        return !failed;
    }

    @Override
    public boolean isAfterUncleanStop() {
        return crashes > 0;
    }

    @Override
    public void onFailure(Runnable listener) {
        failureListeners.add(listener);
    }

    @Override
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        later(() -> closed.complete(null));
        return closed;
    }
}
