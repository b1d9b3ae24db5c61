package io.daybook.log.segment;

import io.daybook.runtime.Shard;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One owner's view of a chain in memory. */
final class MemoryChain implements SegmentChain {
    private final MemorySegmentEngine engine;
    private final MemorySegmentEngine.StoredChain stored;
    private final long ownerEpoch;
    private final Shard owner;
    private final List<Segment> initialSegments;
    private @Nullable Listener listener;
    private StorageFault reported = StorageFault.NONE;

    MemoryChain(MemorySegmentEngine engine, MemorySegmentEngine.StoredChain stored, long ownerEpoch, Shard owner) {
        this.engine = engine;
        this.stored = stored;
        this.ownerEpoch = ownerEpoch;
        this.owner = owner;
        if (isOwner()) {
            stored.segments.replaceAll(segment -> segment.ownedBy(this));
        }
        this.initialSegments = List.copyOf(stored.segments);
    }

    private boolean isOwner() {
        return stored.ownerEpoch == ownerEpoch;
    }

    StorageFault writable() {
        if (!isOwner()) {
            return StorageFault.FENCED;
        }
        return engine.isFailed() ? StorageFault.DISK_FAILED : StorageFault.NONE;
    }

    /** A read finds its bytes at hand, or they have to be loaded: both ways are to be taken. */
    boolean areReadsResident() {
        return ownerEpoch % 2 == 0;
    }

    <T extends @Nullable Object> CompletableFuture<T> answer(T value) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        engine.later(() -> owner.post(() -> answer.complete(value)));
        return answer;
    }

    @Override
    public long ownerEpoch() {
        return ownerEpoch;
    }

    @Override
    public List<Segment> initialSegments() {
        return initialSegments;
    }

    @Override
    public long recoveryOffset() {
        return stored.recoveryOffset;
    }

    @Override
    public long startOffset() {
        return stored.startOffset;
    }

    @Override
    public void listen(Listener newListener) {
        listener = newListener;
    }

    @Override
    public Segment roll(long baseOffset) {
        MemorySegment next = new MemorySegment(this, baseOffset);
        if (isOwner()) {
            stored.segments.add(next);
        }
        return next;
    }

    @Override
    public CompletableFuture<Void> remove(List<Segment> segments) {
        if (isOwner()) {
            stored.segments.removeAll(segments);
        }
        return answer(null);
    }

    @Override
    public Segment createReplacement(long baseOffset) {
        return new MemorySegment(this, baseOffset);
    }

    @Override
    public CompletableFuture<Void> replace(List<Segment> replaced, Segment replacement) {
        if (isOwner()) {
            MemorySegment next = (MemorySegment) replacement;
            next.durableUpTo((int) next.sizeBytes());
            List<MemorySegment> changed = new ArrayList<>();
            for (MemorySegment each : stored.segments) {
                if (each == replaced.get(0)) {
                    changed.add(next);
                } else if (!replaced.contains(each)) {
                    changed.add(each);
                }
            }
            stored.segments = changed;
        }
        return answer(null);
    }

    @Override
    public CompletableFuture<Void> setStartOffset(long startOffset) {
        if (isOwner()) {
            stored.startOffset = startOffset;
        }
        return answer(null);
    }

    @Override
    public CompletableFuture<Void> recovered(long endOffset) {
        stored.recoveryOffset = endOffset;
        return answer(null);
    }

    @Override
    public void sync() {
        if (stored.segments.isEmpty() || !isOwner()) {
            later(() -> tellFailed(writable()));
            return;
        }
        List<MemorySegment> segments = List.copyOf(stored.segments);
        List<Integer> sizes =
                segments.stream().map(each -> (int) each.sizeBytes()).toList();
        MemorySegment last = segments.get(segments.size() - 1);
        long endOffset = last.endOffset();
        later(() -> {
            StorageFault fault = writable();
            if (fault != StorageFault.NONE) {
                tellFailed(fault);
                return;
            }
            for (int i = 0; i < segments.size(); i++) {
                segments.get(i).durableUpTo(sizes.get(i));
            }
            stored.recoveryOffset = Math.max(stored.recoveryOffset, endOffset);
            Listener told = listener;
            if (told != null) {
                told.durable(endOffset, last, sizes.get(sizes.size() - 1));
            }
        });
    }

    private void later(Runnable task) {
        engine.later(() -> owner.post(task));
    }

    private void tellFailed(StorageFault fault) {
        Listener told = listener;
        if (told != null && reported == StorageFault.NONE && fault != StorageFault.NONE) {
            reported = fault;
            told.failed(fault);
        }
    }

    @Override
    public CompletableFuture<Void> writeBlob(BlobKind kind, long offset, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        if (isOwner()) {
            stored.blobs.put(kind + "-" + offset, copy);
        }
        return answer(null);
    }

    @Override
    public CompletableFuture<Optional<ByteBuffer>> readBlob(BlobKind kind, long offset) {
        return answer(Optional.ofNullable(stored.blobs.get(kind + "-" + offset)).map(ByteBuffer::wrap));
    }

    @Override
    public List<Long> initialBlobs(BlobKind kind) {
        return stored.blobs.keySet().stream()
                .filter(name -> name.startsWith(kind + "-"))
                .map(name -> Long.parseLong(name.substring(kind.name().length() + 1)))
                .sorted()
                .toList();
    }

    @Override
    public CompletableFuture<Void> removeBlob(BlobKind kind, long offset) {
        stored.blobs.remove(kind + "-" + offset);
        return answer(null);
    }

    @Override
    public void rest(long unusedMs) {}

    @Override
    public CompletableFuture<Void> close() {
        sync();
        return answer(null);
    }
}
