package io.daybook.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers that are put together from several. */
final class Futures {
    private Futures() {}

    /** Completes with all values, in their order, when the last of them is there; fails if one does. */
    static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> parts) {
        CompletableFuture<List<T>> all = CompletableFuture.completedFuture(new ArrayList<>(parts.size()));
        for (CompletableFuture<T> part : parts) {
            all = all.thenCombine(part, (values, value) -> {
                values.add(value);
                return values;
            });
        }
        return all;
    }
}
