package io.daybook.broker.partition;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicIdPartition;
import io.daybook.log.AppendOrigin;
import io.daybook.log.AppendResult;
import io.daybook.log.AwaitedSequences;
import io.daybook.log.EpochEndOffset;
import io.daybook.log.LogConfig;
import io.daybook.log.LogDirectoryException;
import io.daybook.log.PartitionLog;
import io.daybook.log.RetentionOutlook;
import io.daybook.runtime.Completions;
import io.daybook.runtime.Shard;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition that this broker leads. Owned by its shard; what may be called elsewhere says so. Its log is opened on
 * first use: requests that come before it is open wait, in their order. An idle partition is a few words of memory.
 */
public final class Partition {
    private static final Logger log = LoggerFactory.getLogger(Partition.class);

    /** Of each record: this broker's. */
    private static final int COPIES = 1;

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final TopicIdPartition id;
    private final Shard shard;
    private final PartitionSeams seams;
    private final ReadableWatch watch = new ReadableWatch();
    private @Nullable PartitionLog openLog;
    private @Nullable PartitionReader reader;
    private @Nullable Queue<LogTask> waitingForLog;
    private @Nullable AwaitedSequences awaited;
    private boolean isOpening;
    private boolean isClosing;
    private boolean isPinned;
    private boolean wasUsed;
    /** While the log is closed; empty if nobody looked. */
    private @Nullable RetentionOutlook outlook;

    private volatile ErrorCode ended = ErrorCode.NONE;
    private @Nullable CompletableFuture<Void> closed;

    Partition(TopicIdPartition id, Shard shard, PartitionSeams seams) {
        this.id = id;
        this.shard = shard;
        this.seams = seams;
    }

    /** Which partition this is. For any thread. */
    public TopicIdPartition id() {
        return id;
    }

    /** Who owns it. For any thread. */
    public Shard shard() {
        return shard;
    }

    /** Whether the partition was deleted or the broker stops; it stays so. For any thread. */
    public boolean hasEnded() {
        return !ended.isNone();
    }

    /** The epoch under which this broker leads the partition. For any thread. */
    public int leaderEpoch() {
        return seams.leaderEpoch();
    }

    /** The settings that hold for it now. For any thread. */
    public LogConfig config() {
        return seams.config(id);
    }

    /** Whether the log is open. */
    public boolean isOpen() {
        shard.checkOwner();
        return openLog != null;
    }

    /**
     * Appends what a client sent and answers as {@code acks} asks for; answers of one partition come in the order of the
     * appends.
     *
     * @param batches patched in place; borrowed until the answer
     * @param timeoutMs how long {@link Acks#ALL} may take after the append
     */
    public void append(ByteBuffer batches, Acks acks, long timeoutMs, AppendReply reply) {
        shard.checkOwner();
        PartitionLog opened = openLog;
        if (opened != null) {
            wasUsed = true;
            append(opened, batches, acks, timeoutMs, reply);
            return;
        }
        whenOpen(new LogTask() {
            @Override
            public void run(PartitionLog opened) {
                append(opened, batches, acks, timeoutMs, reply);
            }

            @Override
            public void refuse(ErrorCode code, String reason) {
                refusedBeforeOpen(batches);
                reply.complete(new AppendResult.Refused(code, reason));
            }
        });
    }

    /** Reads as a consumer; answers at once unless the log must be opened or the bytes may lie on a cold disk. */
    public void read(FetchPosition from, Isolation isolation, int maxBytes, boolean atLeastOneBatch, ReadReply reply) {
        shard.checkOwner();
        PartitionReader opened = reader;
        if (opened != null) {
            wasUsed = true;
            opened.read(from, isolation, maxBytes, atLeastOneBatch, reply);
            return;
        }
        whenOpen(new LogTask() {
            @Override
            public void run(PartitionLog ignored) {
                read(from, isolation, maxBytes, atLeastOneBatch, reply);
            }

            @Override
            public void refuse(ErrorCode code, String reason) {
                reply.complete(PartitionRead.failed(code));
            }
        });
    }

    /**
     * Calls the listener once as soon as a reader would see something else than {@code seen}; at once if it does already.
     */
    public void watch(ReadableOffsets seen, ReadableListener listener) {
        shard.checkOwner();
        PartitionReader opened = reader;
        if (opened == null || !seen.equals(opened.offsets())) {
            listener.readableChanged();
        } else {
            watch.add(listener);
        }
    }

    /**
     * Gives the log to a coordinator that lives with the partition, now or as soon as it is open. From now on it stays
     * open until the partition {@link #hasEnded()}.
     */
    public void withLog(LogTask task) {
        shard.checkOwner();
        isPinned = true;
        whenOpen(task);
    }

    /**
     * Asks the log something. For any thread; completes on the shard, or at once with what {@code refusal} makes of the
     * reason if the shard takes no more work.
     */
    public <R> CompletableFuture<R> ask(
            Function<PartitionLog, CompletableFuture<R>> question, BiFunction<ErrorCode, String, R> refusal) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        Runnable task = () -> whenOpen(new LogTask() {
            @Override
            public void run(PartitionLog opened) {
                Completions.pass(question.apply(opened), answer);
            }

            @Override
            public void refuse(ErrorCode code, String reason) {
                answer.complete(refusal.apply(code, reason));
            }
        });
        if (shard.isOwner()) {
            task.run();
        } else if (!shard.offer(task)) {
            answer.complete(refusal.apply(ErrorCode.NOT_LEADER_OR_FOLLOWER, "the broker is overloaded or stops"));
        }
        return answer;
    }

    /** Takes over changed settings. */
    void configure() {
        shard.checkOwner();
        if (openLog != null) {
            openLog.configure(config());
        }
    }

    /**
     * Does what is due from time to time. A log that nobody used since the last time is closed; one that is closed is
     * opened if something of it may have to go, since records grow old in it too.
     *
     * @return completes on the shard when that is done; at once if nothing is to be done or the log is in use
     */
    CompletableFuture<Void> maintain(long wallMs) {
        shard.checkOwner();
        PartitionLog opened = openLog;
        if (opened != null) {
            return maintain(opened);
        }
        if (hasEnded() || isOpening || isClosing) {
            return DONE;
        }
        LogConfig.Retention settings = config().retention();
        RetentionOutlook known = outlook;
        if (known != null && !known.lacksSizesFor(settings)) {
            return known.mayDelete(settings, wallMs) ? openToMaintain() : DONE;
        }
        return seams.outlook(this, RetentionOutlook.needsSizes(settings)).thenCompose(found -> {
            if (openLog != null || hasEnded() || isOpening || isClosing || outlook != known) {
                return DONE;
            }
            outlook = found;
            return found.mayDelete(settings, wallMs) ? openToMaintain() : DONE;
        });
    }

    /** Compacts the log if that is due; completes when done. */
    CompletableFuture<Void> compact() {
        shard.checkOwner();
        return openLog == null ? CompletableFuture.completedFuture(null) : openLog.compact();
    }

    /** From now on the log is not opened any more; {@link #end} follows. For any thread. */
    void announceEnd(ErrorCode code) {
        ended = code;
    }

    /**
     * From now on everything is refused with this code; whoever waits is told. Completes when the log is closed.
     */
    CompletableFuture<Void> end(ErrorCode code) {
        shard.checkOwner();
        CompletableFuture<Void> whenClosed = new CompletableFuture<>();
        closed = whenClosed;
        ended = code;
        refuseWaiting(code, "the partition " + id + " has ended");
        PartitionLog opened = openLog;
        if (opened != null) {
            close(opened);
        } else if (!isOpening && !isClosing) {
            whenClosed.complete(null);
        }
        watch.fire();
        return whenClosed;
    }

    /** See {@link ErrorCode#FENCED_LEADER_EPOCH}. For any thread. */
    ErrorCode checkLeaderEpoch(int expected) {
        int current = leaderEpoch();
        if (expected == FetchPosition.NO_EPOCH || expected == current) {
            return ErrorCode.NONE;
        }
        return expected < current ? ErrorCode.FENCED_LEADER_EPOCH : ErrorCode.UNKNOWN_LEADER_EPOCH;
    }

    /**
     * Where a leader epoch ends in the log. An epoch under which nothing was written is not known to the log: it ends
     * where the log ends, and belongs to the one before unless it holds now.
     */
    EpochEndOffset endOfEpoch(PartitionLog opened, int leaderEpoch) {
        shard.checkOwner();
        int current = leaderEpoch();
        int written = opened.latestLeaderEpoch().orElse(leaderEpoch - 1);
        if (leaderEpoch == current) {
            return new EpochEndOffset(current, opened.endOffset());
        } else if (leaderEpoch > written && leaderEpoch < current) {
            boolean isEmpty = opened.latestLeaderEpoch().isEmpty();
            return new EpochEndOffset(isEmpty ? leaderEpoch : written, opened.endOffset());
        }
        return opened.endOffsetForEpoch(leaderEpoch);
    }

    private CompletableFuture<Void> openToMaintain() {
        Function<PartitionLog, CompletableFuture<Void>> maintenance = opened -> {
            wasUsed = false;
            return maintain(opened);
        };
        // why it was refused was logged where it failed
        return ask(maintenance, (code, reason) -> null);
    }

    private CompletableFuture<Void> maintain(PartitionLog opened) {
        CompletableFuture<Void> applied = opened.applyRetention();
        boolean isIdle = isIdle();
        wasUsed = false;
        if (!isIdle) {
            return applied.isCompletedExceptionally() ? applied : DONE;
        }
        // what is deleted goes from the disk only while the log is open
        return applied.whenComplete((done, failure) -> {
            if (openLog == opened && isIdle()) {
                outlook = opened.outlook();
                close(opened);
            }
        });
    }

    private boolean isIdle() {
        return !wasUsed && !isPinned && !watch.isWatched();
    }

    private void whenOpen(LogTask task) {
        if (hasEnded()) {
            task.refuse(ended, "the partition " + id + " has ended");
            return;
        }
        wasUsed = true;
        PartitionLog opened = openLog;
        if (opened != null) {
            task.run(opened);
            return;
        }
        if (waitingForLog == null) {
            waitingForLog = new ArrayDeque<>(2);
        }
        waitingForLog.add(task);
        if (!isOpening && !isClosing) {
            open();
        }
    }

    private void open() {
        isOpening = true;
        seams.open(this).whenComplete((opened, failure) -> shard.run(() -> opened(opened, failure)));
    }

    private void opened(@Nullable PartitionLog opened, @Nullable Throwable failure) {
        isOpening = false;
        if (failure instanceof CancellationException) {
            // whoever waits is told when the partition ends
            completeEnd();
        } else if (opened == null) {
            log.atError()
                    .addKeyValue("partition", id)
                    .setCause(failure)
                    .log("a partition cannot be opened; requests for it are refused");
            refuseWaiting(ErrorCode.KAFKA_STORAGE_ERROR, reasonOf(failure));
            completeEnd();
        } else if (hasEnded()) {
            close(opened);
        } else {
            openLog = opened;
            outlook = null;
            reader = new PartitionReader(this, opened);
            opened.onDurableAdvance(watch::fire);
            opened.configure(config());
            if (awaited != null) {
                opened.await(awaited);
                awaited = null;
            }
            Queue<LogTask> tasks = waitingForLog;
            waitingForLog = null;
            while (tasks != null && !tasks.isEmpty()) {
                whenOpen(tasks.remove());
            }
        }
    }

    private void close(PartitionLog opened) {
        openLog = null;
        reader = null;
        isClosing = true;
        opened.close().whenComplete((done, failure) -> shard.run(() -> closed(failure)));
    }

    private void closed(@Nullable Throwable failure) {
        isClosing = false;
        if (failure != null) {
            log.atError().addKeyValue("partition", id).setCause(failure).log("a partition was not closed in order");
        }
        if (hasEnded()) {
            completeEnd();
        } else if (waitingForLog != null) {
            open();
        }
    }

    private void completeEnd() {
        if (closed != null) {
            closed.complete(null);
        }
    }

    private void refuseWaiting(ErrorCode code, String reason) {
        Queue<LogTask> tasks = waitingForLog;
        waitingForLog = null;
        while (tasks != null && !tasks.isEmpty()) {
            tasks.remove().refuse(code, reason);
        }
    }

    private void refusedBeforeOpen(ByteBuffer batches) {
        if (!hasEnded()) {
            if (awaited == null) {
                awaited = new AwaitedSequences();
            }
            awaited.refused(batches);
        }
    }

    private void append(PartitionLog opened, ByteBuffer batches, Acks acks, long timeoutMs, AppendReply reply) {
        int minCopies = opened.config().flush().minCopies();
        if (acks == Acks.ALL && minCopies > COPIES) {
            reply.complete(opened.refuse(
                    batches,
                    ErrorCode.NOT_ENOUGH_REPLICAS,
                    "acks=all asks for min.insync.replicas=" + minCopies + " copies, and there is " + COPIES
                            + "; set min.insync.replicas=1"));
            return;
        }
        AppendResult result = opened.append(batches, AppendOrigin.CLIENT, leaderEpoch(), acks == Acks.LEADER);
        if (!result.code().isNone() || acks != Acks.ALL) {
            reply.complete(result);
            return;
        }
        opened.whenDurable(result.lastOffset() + 1, timeoutMs)
                .thenAccept(code ->
                        reply.complete(code.isNone() ? result : new AppendResult.Refused(code, reasonOf(code))));
    }

    private static String reasonOf(ErrorCode code) {
        return code == ErrorCode.REQUEST_TIMED_OUT
                ? "the records are appended, but were not durable in time"
                : "the records did not become durable";
    }

    private static String reasonOf(@Nullable Throwable failure) {
        return failure instanceof LogDirectoryException ? "the drive is offline" : "the log cannot be opened";
    }
}
