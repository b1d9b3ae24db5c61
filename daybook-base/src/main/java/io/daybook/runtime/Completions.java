package io.daybook.runtime;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Hands what became of one future on to another. */
public final class Completions {
    private Completions() {}

    /** {@code target} completes or fails as {@code source} does, on the thread that completes it. */
    public static <T> void pass(CompletableFuture<T> source, CompletableFuture<T> target) {
        source.whenComplete((value, failure) -> settle(target, value, failure));
    }

    /** As {@code source}, but completed in a turn of its own on the shard. */
    public static <T> CompletableFuture<T> on(Shard owner, CompletableFuture<T> source) {
        CompletableFuture<T> result = new CompletableFuture<>();
        source.whenComplete((value, failure) -> owner.post(() -> settle(result, value, failure)));
        return result;
    }

    private static <T> void settle(CompletableFuture<T> target, T value, @Nullable Throwable failure) {
        if (failure == null) {
            target.complete(value);
        } else {
            target.completeExceptionally(failure);
        }
    }
}
