package io.daybook.broker.producer;

import io.daybook.base.ErrorCode;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.MetadataWriter;
import io.daybook.metadata.MetadataWriter.Decided;
import io.daybook.runtime.Shard;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Gives identities to producers, each only once for as long as the metadata lives: they are reserved durably in blocks,
 * and what is left of a block when the broker stops is never given. Owned by the metadata shard; {@link #next} is for any
 * thread.
 */
public final class ProducerIds {
    /** How many identities one commit reserves. */
    private static final int BLOCK_SIZE = 1000;

    private final Shard shard;
    private final MetadataWriter writer;
    /** Bounded by the requests that the network has let in. */
    private final Queue<Consumer<Allocation>> waiting = new ArrayDeque<>();

    private long nextId;
    private long endId;
    private boolean isReserving;

    /**
     * An identity, or why there is none.
     *
     * @param code why there is none, or {@link ErrorCode#NONE}
     * @param producerId the identity, -1 for none
     */
    public record Allocation(ErrorCode code, long producerId) {}

    /** Nothing is reserved until the first producer asks. */
    public ProducerIds(Shard metadataShard, MetadataWriter writer) {
        this.shard = metadataShard;
        this.writer = writer;
    }

    /** A new identity. For any thread; completes on the metadata shard. */
    public CompletableFuture<Allocation> next() {
        CompletableFuture<Allocation> answer = new CompletableFuture<>();
        if (shard.isOwner()) {
            next(answer::complete);
        } else if (!shard.offer(() -> next(answer::complete))) {
            answer.complete(new Allocation(ErrorCode.COORDINATOR_NOT_AVAILABLE, -1));
        }
        return answer;
    }

    private void next(Consumer<Allocation> reply) {
        shard.checkOwner();
        if (nextId < endId) {
            reply.accept(new Allocation(ErrorCode.NONE, nextId++));
            return;
        }
        waiting.add(reply);
        if (!isReserving) {
            reserve();
        }
    }

    private void reserve() {
        isReserving = true;
        writer.submit(
                        image -> new Decided<>(
                                List.of(new MetadataChange.ProducerIdsAllocated(image.nextProducerId() + BLOCK_SIZE)),
                                new Allocation(ErrorCode.NONE, image.nextProducerId())),
                        failure -> new Allocation(ErrorCode.COORDINATOR_NOT_AVAILABLE, -1))
                .whenComplete((first, failure) -> shard.run(
                        () -> reserved(failure == null ? first : new Allocation(ErrorCode.UNKNOWN_SERVER_ERROR, -1))));
    }

    private void reserved(Allocation first) {
        isReserving = false;
        if (first.code().isNone()) {
            nextId = first.producerId();
            endId = nextId + BLOCK_SIZE;
        }
        int count = waiting.size();
        for (int i = 0; i < count; i++) {
            Consumer<Allocation> reply = waiting.remove();
            if (first.code().isNone()) {
                next(reply);
            } else {
                reply.accept(first);
            }
        }
    }
}
