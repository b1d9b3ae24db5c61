package io.daybook.server.net;

import io.daybook.base.ErrorCode;
import io.daybook.base.wire.Message;
import io.daybook.server.api.ApiCall;
import io.daybook.server.api.ApiHandler;
import io.daybook.server.api.RequestContext;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request between its arrival and its answer. Answered on any thread; what follows from the answer happens on the event
 * loop of the connection.
 */
final class PendingCall<Q extends Message, R extends Message> implements ApiCall<Q, R> {
    private static final Logger log = LoggerFactory.getLogger(PendingCall.class);

    private final Connection connection;
    private final ApiHandler<Q, R> handler;
    private final Q request;
    private final RequestContext context;
    private final Frame frame;
    /** Written once, by the thread that answers. */
    private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();

    private ErrorCode refusal = ErrorCode.NONE;

    PendingCall(Connection connection, ApiHandler<Q, R> handler, Q request, RequestContext context, Frame frame) {
        this.connection = connection;
        this.handler = handler;
        this.request = request;
        this.context = context;
        this.frame = frame;
    }

    /** Does not bother the handler but for an error response. */
    PendingCall<Q, R> refusing(ErrorCode code) {
        refusal = code;
        return this;
    }

    /** Lets the handler begin. Whatever it throws is an answer too. */
    void start() {
        try {
            if (refusal.isNone()) {
                handler.handle(this);
            } else {
                fail(refusal, null);
            }
        } catch (Throwable e) { // an error too: a call without an answer would hold its memory for ever
            failed(e);
        }
    }

    @Override
    public Q request() {
        return request;
    }

    @Override
    public RequestContext context() {
        return context;
    }

    @Override
    public void reply(R response) {
        complete(handler.isAnswered(request) ? Answer.of(response, context.version()) : Answer.NOTHING);
    }

    @Override
    public void replyWith(CompletionStage<? extends R> response) {
        response.whenComplete((value, failure) -> {
            if (failure == null) {
                reply(value);
            } else {
                failed(failure);
            }
        });
    }

    @Override
    public void replyNothing() {
        complete(Answer.NOTHING);
    }

    @Override
    public void fail(ErrorCode code, @Nullable String message) {
        if (handler.isAnswered(request)) {
            complete(Answer.of(handler.errorResponse(request, context.version(), code, message), context.version()));
        } else {
            complete(Answer.close("a request without a response failed with " + code));
        }
    }

    @Override
    public void closeConnection(String reason) {
        complete(Answer.close(reason));
    }

    ApiHandler<Q, R> handler() {
        return handler;
    }

    /** How it ended, or null while it has not. */
    @Nullable
    Answer answer() {
        return answer.get();
    }

    /** The answer that says that something went wrong here. */
    Answer serverError() {
        return Answer.of(
                handler.errorResponse(request, context.version(), ErrorCode.UNKNOWN_SERVER_ERROR, null),
                context.version());
    }

    /** The answer is encoded or will never be: nothing borrows the request any more. */
    void releaseRequest() {
        frame.release();
    }

    private void failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (connection.permitsLogLine()) {
            log.atError()
                    .addKeyValue("api", handler.apiKey())
                    .addKeyValue("version", context.version())
                    .addKeyValue("correlationId", context.correlationId())
                    .addKeyValue("connection", context.connectionId())
                    .setCause(cause)
                    .log("a request failed for a reason nobody expected");
        }
        if (answer.get() != null) {
            return;
        }
        try {
            fail(ErrorCode.UNKNOWN_SERVER_ERROR, null);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("api", handler.apiKey()).setCause(e).log("the error response failed too");
            complete(Answer.close("no response could be made"));
        }
    }

    private void complete(Answer end) {
        if (!answer.compareAndSet(null, end)) {
            throw new IllegalStateException(handler.apiKey() + " was answered twice");
        }
        connection.hasAnswer();
    }
}
