package io.daybook.server.api;

import io.daybook.protocol.ApiKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The handlers by API key. Immutable, made once in the composition root. */
public final class ApiTable {
    private final @Nullable ApiHandler<?, ?>[] byKey;
    private final List<ApiHandler<?, ?>> handlers;

    /**
     * Registers the handlers.
     *
     * @throws IllegalArgumentException if two serve the same API
     */
    public ApiTable(List<? extends ApiHandler<?, ?>> handlers) {
        int size = 0;
        for (ApiHandler<?, ?> handler : handlers) {
            size = Math.max(size, handler.apiKey().id() + 1);
        }
        this.byKey = new ApiHandler<?, ?>[size];
        for (ApiHandler<?, ?> handler : handlers) {
            if (byKey[handler.apiKey().id()] != null) {
                throw new IllegalArgumentException("two handlers for " + handler.apiKey());
            }
            byKey[handler.apiKey().id()] = handler;
        }
        List<ApiHandler<?, ?>> ordered = new ArrayList<>(handlers.size());
        for (ApiHandler<?, ?> handler : byKey) {
            if (handler != null) {
                ordered.add(handler);
            }
        }
        this.handlers = List.copyOf(ordered);
    }

    /** The handler of the API with this number, or null if it is not served. */
    public @Nullable ApiHandler<?, ?> find(short apiKeyId) {
        return apiKeyId >= 0 && apiKeyId < byKey.length ? byKey[apiKeyId] : null;
    }

    /** What is served, by ascending API key. */
    public List<ApiHandler<?, ?>> handlers() {
        return handlers;
    }

    /** The handler of this API, or null if it is not served. */
    public @Nullable ApiHandler<?, ?> find(ApiKey apiKey) {
        return find(apiKey.id());
    }
}
