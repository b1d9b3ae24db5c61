package io.daybook.broker.coordinator;

import io.daybook.base.ErrorCode;
import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the decisions of one coordinator: load, append, replay, answer when durable. Owned by the shard of its partition.
 *
 * <p>A coordinator whose log fails never recovers: it answers {@link ErrorCode#NOT_COORDINATOR} to everything that waits
 * and everything that comes, and its owner replaces it with a new one that loads from the log.
 *
 * @param <R> the coordinator's records
 */
public final class Coordinator<R> {
    private static final Logger log = LoggerFactory.getLogger(Coordinator.class);

    private enum Phase {
        LOADING,
        ACTIVE,
        FAILED
    }

    private record Waiting(long endOffset, Consumer<ErrorCode> then) {}

    private final String name;
    private final Shard shard;
    private final CoordinatorLog<R> coordinatorLog;
    private final CoordinatorState<R> state;
    private final Runnable onFailure;
    /** In append order. Its length is bounded by the requests and timers that made the entries. */
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    private Phase phase = Phase.LOADING;
    private long appendedEndOffset;
    private long durableEndOffset;

    /**
     * @param name for logs
     * @param onFailure runs once, on the shard, when this coordinator has failed and its waiters were answered
     */
    public Coordinator(
            String name, Shard shard, CoordinatorLog<R> coordinatorLog, CoordinatorState<R> state, Runnable onFailure) {
        this.name = name;
        this.shard = shard;
        this.coordinatorLog = coordinatorLog;
        this.state = state;
        this.onFailure = onFailure;
    }

    /** Replays the log. Completes on the shard, with {@link ErrorCode#NONE} once the coordinator takes requests. */
    public CompletableFuture<ErrorCode> load() {
        shard.checkOwner();
        CompletableFuture<ErrorCode> loaded = new CompletableFuture<>();
        coordinatorLog.replay(records -> records.forEach(state::replay)).whenComplete((code, failure) -> {
            if (failure == null && code.isNone() && phase == Phase.LOADING) {
                phase = Phase.ACTIVE;
                loaded.complete(ErrorCode.NONE);
                return;
            }
            log.atError()
                    .addKeyValue("coordinator", name)
                    .addKeyValue("error", code)
                    .setCause(failure)
                    .log("coordinator could not be loaded");
            fail();
            loaded.complete(ErrorCode.NOT_COORDINATOR);
        });
        return loaded;
    }

    /** {@link ErrorCode#NONE} if requests are taken, else what to answer to them. */
    public ErrorCode availability() {
        shard.checkOwner();
        return switch (phase) {
            case LOADING -> ErrorCode.COORDINATOR_LOAD_IN_PROGRESS;
            case ACTIVE -> ErrorCode.NONE;
            case FAILED -> ErrorCode.NOT_COORDINATOR;
        };
    }

    /**
     * Appends the records as one batch and replays them into the state. On any code but {@link ErrorCode#NONE} neither
     * the log nor the state has changed, and the code is what a client may be told. No records, no effect.
     */
    public ErrorCode append(List<R> records) {
        shard.checkOwner();
        if (phase != Phase.ACTIVE) {
            return availability();
        }
        if (records.isEmpty()) {
            return ErrorCode.NONE;
        }
        CoordinatorAppend result = coordinatorLog.append(records);
        if (!result.code().isNone()) {
            log.atWarn()
                    .addKeyValue("coordinator", name)
                    .addKeyValue("error", result.code())
                    .addKeyValue("reason", result.reason())
                    .log("coordinator's records were refused");
            return answerFor(result.code());
        }
        appendedEndOffset = result.endOffset();
        records.forEach(state::replay);
        long endOffset = appendedEndOffset;
        coordinatorLog.whenDurable(endOffset).whenComplete((code, failure) -> onDurable(endOffset, code, failure));
        return ErrorCode.NONE;
    }

    /**
     * Runs {@code then} on the shard, in the order of the calls, once all that was appended so far is durable: at once if
     * it is. With {@link ErrorCode#NOT_COORDINATOR} if it never will be. Answers to reads wait here too, so that nobody
     * sees what a crash can take back.
     */
    public void afterDurable(Consumer<ErrorCode> then) {
        shard.checkOwner();
        if (phase == Phase.FAILED) {
            then.accept(ErrorCode.NOT_COORDINATOR);
        } else if (durableEndOffset >= appendedEndOffset) {
            then.accept(ErrorCode.NONE);
        } else {
            waiting.add(new Waiting(appendedEndOffset, then));
        }
    }

    /**
     * Runs the task on the shard after the delay, unless it was cancelled or the coordinator has failed. A task that throws
     * leaves the state in doubt: the coordinator is given up.
     */
    public Cancellable schedule(long delayMs, Runnable task) {
        shard.checkOwner();
        return shard.schedule(delayMs, () -> {
            if (phase == Phase.ACTIVE) {
                runOrFail(task);
            }
        });
    }

    private void runOrFail(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("coordinator", name).setCause(e).log("coordinator's timer broke; it is given up");
            fail();
        }
    }

    /** Gives up: for a log that failed, and for a decision that broke half way. Idempotent. */
    public void fail() {
        shard.checkOwner();
        if (phase == Phase.FAILED) {
            return;
        }
        phase = Phase.FAILED;
        for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
            each.then.accept(ErrorCode.NOT_COORDINATOR);
        }
        onFailure.run();
    }

    private void onDurable(long endOffset, ErrorCode code, Throwable failure) {
        shard.checkOwner();
        if (phase == Phase.FAILED) {
            return;
        }
        if (failure != null || !code.isNone()) {
            log.atError()
                    .addKeyValue("coordinator", name)
                    .addKeyValue("error", code)
                    .setCause(failure)
                    .log("coordinator's log failed; it is given up");
            fail();
            return;
        }
        durableEndOffset = Math.max(durableEndOffset, endOffset);
        while (!waiting.isEmpty() && waiting.peek().endOffset <= durableEndOffset) {
            waiting.remove().then.accept(ErrorCode.NONE);
        }
    }

    /** What a client is told; the codes that Kafka's coordinators use. */
    private static ErrorCode answerFor(ErrorCode appendError) {
        if (appendError == ErrorCode.NOT_LEADER_OR_FOLLOWER || appendError == ErrorCode.KAFKA_STORAGE_ERROR) {
            return ErrorCode.NOT_COORDINATOR;
        }
        if (appendError == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION || appendError == ErrorCode.NOT_ENOUGH_REPLICAS) {
            return ErrorCode.COORDINATOR_NOT_AVAILABLE;
        }
        if (appendError == ErrorCode.MESSAGE_TOO_LARGE || appendError == ErrorCode.RECORD_LIST_TOO_LARGE) {
            return ErrorCode.UNKNOWN_SERVER_ERROR;
        }
        return appendError;
    }
}
