package io.daybook.metadata;

import io.daybook.base.ErrorCode;
import io.daybook.runtime.Shard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one who changes the metadata. Decisions are taken one after the other, each on the image that the ones before it
 * lead to, and those that come while a commit is under way share the next one. An answer leaves when everything that it
 * was decided on is durable. Owned by the metadata shard; {@link #submit} may be called by any thread.
 */
public final class MetadataWriter {
    private static final int MAX_WAITING = 10_000;

    private final Shard shard;
    private final MetadataStore store;
    private final Deque<Waiting<?>> waiting = new ArrayDeque<>();
    private boolean committing;

    /** Looks at an image and says what to change and what to answer. Runs on the metadata shard, possibly several times. */
    @FunctionalInterface
    public interface Decision<T> {
        /** The changes, which apply to {@code image}, and the answer once they are durable. */
        Decided<T> decide(MetadataImage image);
    }

    /**
     * What a decision came to.
     *
     * @param changes in order; may be empty
     * @param answer goes to whoever submitted the decision
     */
    public record Decided<T>(List<MetadataChange> changes, T answer) {
        /** Copies. */
        public Decided {
            changes = List.copyOf(changes);
        }

        /** Nothing is to change. */
        public static <T> Decided<T> unchanged(T answer) {
            return new Decided<>(List.of(), answer);
        }
    }

    private record Waiting<T>(Decision<T> decision, Function<ErrorCode, T> onFailure, CompletableFuture<T> answer) {}

    /** Writes to this store, which belongs to this shard. */
    public MetadataWriter(Shard shard, MetadataStore store) {
        this.shard = shard;
        this.store = store;
    }

    /** The newest durable image. For any thread. */
    public MetadataImage image() {
        return store.image();
    }

    /**
     * Takes a decision and makes it durable. For any thread; the answer completes on the metadata shard.
     *
     * @param onFailure the answer if that was not possible: {@code KAFKA_STORAGE_ERROR} if the store failed,
     *     {@code THROTTLING_QUOTA_EXCEEDED} if too many decisions wait already
     */
    public <T> CompletableFuture<T> submit(Decision<T> decision, Function<ErrorCode, T> onFailure) {
        Waiting<T> entry = new Waiting<>(decision, onFailure, new CompletableFuture<>());
        if (shard.isOwner()) {
            enqueue(entry);
        } else if (!shard.offer(() -> enqueue(entry))) {
            entry.answer.complete(onFailure.apply(ErrorCode.THROTTLING_QUOTA_EXCEEDED));
        }
        return entry.answer;
    }

    private void enqueue(Waiting<?> entry) {
        shard.checkOwner();
        if (waiting.size() >= MAX_WAITING) {
            fail(entry, ErrorCode.THROTTLING_QUOTA_EXCEEDED);
            return;
        }
        waiting.add(entry);
        commitWaiting();
    }

    private void commitWaiting() {
        while (!committing && !waiting.isEmpty()) {
            List<Waiting<?>> round = new ArrayList<>(waiting);
            waiting.clear();
            commit(round);
        }
    }

    private void commit(List<Waiting<?>> round) {
        MetadataImage begin = store.image();
        MetadataImage image = begin;
        List<MetadataChange> changes = new ArrayList<>();
        List<Runnable> answers = new ArrayList<>();
        for (Waiting<?> entry : round) {
            image = decide(entry, image, changes, answers);
        }
        if (changes.isEmpty()) {
            answers.forEach(Runnable::run);
            return;
        }
        committing = true;
        store.commit(begin.version(), changes)
                .whenComplete((result, failure) -> shard.run(() -> {
                    committing = false;
                    finish(result, failure, round, answers);
                    commitWaiting();
                }));
    }

    private <T> MetadataImage decide(
            Waiting<T> entry, MetadataImage image, List<MetadataChange> changes, List<Runnable> answers) {
        Decided<T> decided;
        MetadataImage next = image;
        try {
            decided = entry.decision.decide(image);
            for (MetadataChange change : decided.changes()) {
                next = change.applyTo(next);
            }
        } catch (RuntimeException e) {
            // A defect in one decision must not take the others of its round with it.
            answers.add(() -> entry.answer.completeExceptionally(e));
            return image;
        }
        changes.addAll(decided.changes());
        answers.add(() -> entry.answer.complete(decided.answer()));
        return next;
    }

    private void finish(
            @Nullable CommitResult result,
            @Nullable Throwable failure,
            List<Waiting<?>> round,
            List<Runnable> answers) {
        if (failure != null) {
            round.forEach(entry -> entry.answer.completeExceptionally(failure));
        } else if (result instanceof CommitResult.Committed) {
            answers.forEach(Runnable::run);
        } else if (result instanceof CommitResult.Conflict) {
            for (int i = round.size() - 1; i >= 0; i--) {
                waiting.addFirst(round.get(i));
            }
        } else {
            round.forEach(entry -> fail(entry, ErrorCode.KAFKA_STORAGE_ERROR));
        }
    }

    private static <T> void fail(Waiting<T> entry, ErrorCode code) {
        entry.answer.complete(entry.onFailure.apply(code));
    }
}
