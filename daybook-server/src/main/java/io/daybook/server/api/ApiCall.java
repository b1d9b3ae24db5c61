package io.daybook.server.api;

import io.daybook.base.ErrorCode;
import io.daybook.base.wire.Message;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request that waits for its answer. Exactly one of the answering methods is called, exactly once, from any thread;
 * a second answer is an {@link IllegalStateException}. Answers leave each connection in the order of its requests, whatever
 * the order in which they are given.
 *
 * <p>The request, and every buffer and records slice in it, is borrowed until the answer; what is kept longer is copied.
 * If the connection closes first, the call stays valid, its answer goes nowhere.
 *
 * @param <Q> the request's message
 * @param <R> the response's message
 */
public interface ApiCall<Q extends Message, R extends Message> {
    /** The request. */
    Q request();

    /** Who asks, from where, in which version. */
    RequestContext context();

    /** Answers. The response belongs to the network from now on, the records in it included, which it releases. */
    void reply(R response);

    /** Answers when the stage completes. A failed stage is like an exception of the handler: a server error. */
    void replyWith(CompletionStage<? extends R> response);

    /** Ends the call without a response, for the requests whose senders do not read one (Produce with {@code acks=0}). */
    void replyNothing();

    /** Answers with {@link ApiHandler#errorResponse}. */
    void fail(ErrorCode code, @Nullable String message);

    /**
     * Closes the connection after the answers to earlier requests, without one to this, and logs why.
     *
     * @param reason for the log: what the client did
     */
    void closeConnection(String reason);
}
