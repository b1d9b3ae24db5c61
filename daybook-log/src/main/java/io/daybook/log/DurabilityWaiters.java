package io.daybook.log;

import io.daybook.base.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** Who waits for which offset to be durable. They come, and are answered, in the order of the offsets. */
final class DurabilityWaiters {
    private static final CompletableFuture<ErrorCode> DURABLE = CompletableFuture.completedFuture(ErrorCode.NONE);

    private record Waiter(long endOffset, CompletableFuture<ErrorCode> answer) {}

    private Deque<Waiter> waiters = new ArrayDeque<>(0);

    /** The answer for those who need not wait. */
    static CompletableFuture<ErrorCode> durable() {
        return DURABLE;
    }

    CompletableFuture<ErrorCode> add(long endOffset) {
        Waiter last = waiters.peekLast();
        if (last != null && last.endOffset >= endOffset) {
            // a duplicate asks for an earlier batch; whoever waits for more is answered no sooner
            return last.endOffset == endOffset ? last.answer : insert(endOffset);
        }
        Waiter waiter = new Waiter(endOffset, new CompletableFuture<>());
        waiters.addLast(waiter);
        return waiter.answer;
    }

    private CompletableFuture<ErrorCode> insert(long endOffset) {
        Waiter waiter = new Waiter(endOffset, new CompletableFuture<>());
        Deque<Waiter> reordered = new ArrayDeque<>(waiters.size() + 1);
        boolean placed = false;
        for (Waiter each : waiters) {
            if (!placed && each.endOffset > endOffset) {
                reordered.addLast(waiter);
                placed = true;
            }
            reordered.addLast(each);
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

    /** Answers everybody: it never will be. */
    void fail(ErrorCode code) {
        while (!waiters.isEmpty()) {
            waiters.removeFirst().answer.complete(code);
        }
    }
}
