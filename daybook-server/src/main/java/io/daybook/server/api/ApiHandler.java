package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.wire.Message;
import io.daybook.protocol.ApiKey;
import org.jspecify.annotations.Nullable;

/**
 * Serves one API: decode, authorise, ask the service, answer. Runs on the event loop of the connection, never blocks, and
 * holds no state of its own, so that one instance serves all connections at the same time.
 *
 * @param <Q> the request's message
 * @param <R> the response's message
 */
public interface ApiHandler<Q extends Message, R extends Message> {
    /** The API that is served. */
    ApiKey apiKey();

    /** The versions that are served. */
    VersionRange versions();

    /**
     * The versions that ApiVersions tells clients. Differs from {@link #versions()} only where clients draw other
     * conclusions from the range than which request to send.
     */
    default VersionRange advertisedVersions() {
        return versions();
    }

    /**
     * Answers the call, now or later, exactly once. What is thrown before an answer becomes {@code UNKNOWN_SERVER_ERROR}
     * by way of {@link #errorResponse}.
     */
    void handle(ApiCall<Q, R> call);

    /**
     * Whether the sender of this request reads a response. Where it does not, an answer is dropped, and a failure closes
     * the connection, which is the only way to tell.
     */
    default boolean isAnswered(Q request) {
        return true;
    }

    /** The response that says "all of this request failed" in the way that clients of this API and version look for it. */
    R errorResponse(Q request, short version, ErrorCode code, @Nullable String message);
}
