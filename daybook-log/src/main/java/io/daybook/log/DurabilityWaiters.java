package io.daybook.log;

import io.daybook.base.ErrorCode;
import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits for which offset to be durable. They come, and are answered, in the order of the offsets; but some do not wait
 * for ever. Owned by the log's shard.
 */
final class DurabilityWaiters {
    private static final CompletableFuture<ErrorCode> DURABLE = CompletableFuture.completedFuture(ErrorCode.NONE);

    /** "For ever." */
    static final long FOR_EVER = Long.MAX_VALUE;

    private static final Cancellable NO_TIMER = () -> {};

    private record Waiter(long endOffset, long deadlineMs, CompletableFuture<ErrorCode> answer) {}

    private final Shard shard;
    private final Ticker ticker;
    private Deque<Waiter> waiters = new ArrayDeque<>(0);
    /** One at a time, for the earliest deadline: it costs those who are in time next to nothing. */
    private Cancellable timer = NO_TIMER;

    private long timerAtMs = FOR_EVER;

    DurabilityWaiters(Shard shard, Ticker ticker) {
        this.shard = shard;
        this.ticker = ticker;
    }

    /** The answer for those who need not wait. */
    static CompletableFuture<ErrorCode> durable() {
        return DURABLE;
    }

    /** Waits, but no longer than so long. */
    CompletableFuture<ErrorCode> add(long endOffset, long timeoutMs) {
        if (timeoutMs == FOR_EVER) {
            return addUntil(endOffset, FOR_EVER);
        }
        long deadlineMs = ticker.monotonicMs() + Math.max(0, timeoutMs);
        CompletableFuture<ErrorCode> answer = addUntil(endOffset, deadlineMs);
        wakeAt(deadlineMs);
        return answer;
    }

    private CompletableFuture<ErrorCode> addUntil(long endOffset, long deadlineMs) {
        Waiter last = waiters.peekLast();
        if (last != null && last.endOffset >= endOffset) {
            // a duplicate asks for an earlier batch; whoever waits for more is answered no sooner
            return insert(endOffset, deadlineMs);
        }
        Waiter waiter = new Waiter(endOffset, deadlineMs, new CompletableFuture<>());
        waiters.addLast(waiter);
        return waiter.answer;
    }

    private CompletableFuture<ErrorCode> insert(long endOffset, long deadlineMs) {
        Waiter waiter = new Waiter(endOffset, deadlineMs, new CompletableFuture<>());
        Deque<Waiter> reordered = new ArrayDeque<>(waiters.size() + 1);
        boolean placed = false;
        for (Waiter each : waiters) {
            if (!placed && each.endOffset > endOffset) {
                reordered.addLast(waiter);
                placed = true;
            }
            reordered.addLast(each);
        }
        if (!placed) {
            reordered.addLast(waiter);
        }
        waiters = reordered;
        return waiter.answer;
    }

    /** Answers those whose offset is reached. */
    void answer(long durableOffset) {
        while (!waiters.isEmpty() && waiters.peekFirst().endOffset <= durableOffset) {
            waiters.removeFirst().answer.complete(ErrorCode.NONE);
        }
    }

    private void wakeAt(long deadlineMs) {
        if (deadlineMs < timerAtMs) {
            timer.cancel();
            timerAtMs = deadlineMs;
            timer = shard.schedule(Math.max(0, deadlineMs - ticker.monotonicMs()), this::expire);
        }
    }

    /** Answers those who waited long enough; what they wait for may still become durable. */
    private void expire() {
        long nowMs = ticker.monotonicMs();
        List<Waiter> late = new ArrayList<>();
        long nextMs = FOR_EVER;
        for (Waiter each : waiters) {
            if (each.deadlineMs <= nowMs) {
                late.add(each);
            } else {
                nextMs = Math.min(nextMs, each.deadlineMs);
            }
        }
        waiters.removeAll(late);
        timerAtMs = FOR_EVER;
        wakeAt(nextMs);
        late.forEach(each -> each.answer.complete(ErrorCode.REQUEST_TIMED_OUT));
    }

    /** No timer fires any more; nobody is added. */
    void stop() {
        timer.cancel();
    }

    /** Answers everybody: it never will be. */
    void fail(ErrorCode code) {
        while (!waiters.isEmpty()) {
            waiters.removeFirst().answer.complete(code);
        }
    }
}
