package io.daybook.log.local;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the users of something that goes with the last of them. Safe for use by any thread. */
final class References {
    private final AtomicInteger count = new AtomicInteger(1);

    /** One more user; only for callers that are one. */
    void retain() {
        count.incrementAndGet();
    }

    /** One more user, unless there is none any more. */
    boolean tryRetain() {
        return count.updateAndGet(users -> users == 0 ? 0 : users + 1) > 0;
    }

    /**
     * One user less.
     *
     * @return whether it was the last
     */
    boolean release() {
        return count.decrementAndGet() == 0;
    }
}
