package io.daybook.broker.fetch;

import io.daybook.base.ErrorCode;
import io.daybook.broker.partition.PartitionRead;
import io.daybook.broker.partition.Partitions;
import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One incremental fetch under way. It reads only the partitions that may have changed since the client was told of them,
 * so that what it costs depends on what happens and not on how many partitions the session has. Owned by the session's
 * shard.
 */
final class SessionFetch {
    private final Shard home;
    private final Partitions partitions;
    private final FetchSession session;
    private final FetchLimits limits;
    private final FetchReply reply;
    private @Nullable Cancellable timer;
    private boolean isReading;
    private boolean hasMoreChanged;
    private boolean isWaitOver;
    private boolean isDone;

    SessionFetch(Shard home, Partitions partitions, FetchSession session, FetchLimits limits, FetchReply reply) {
        this.home = home;
        this.partitions = partitions;
        this.session = session;
        this.limits = limits;
        this.reply = reply;
        this.isWaitOver = limits.maxWaitMs() <= 0;
    }

    void start() {
        home.checkOwner();
        session.begun(this);
        read();
    }

    /** One of the session's partitions has changed. What else changes in the same round is read along. */
    void wake() {
        if (isReading) {
            hasMoreChanged = true;
        } else if (!isDone) {
            isReading = true;
            home.post(this::read);
        }
    }

    /** Nobody waits any more: it answers with what there is. */
    void stopWaiting() {
        isWaitOver = true;
        wake();
    }

    private void read() {
        isReading = true;
        hasMoreChanged = false;
        FetchItems items = session.takeChanged(limits.isolation());
        FetchRound.start(home, partitions, items, limits.withoutWaiting(), reads -> complete(items.list(), reads));
    }

    private void complete(List<FetchItem> items, PartitionRead[] reads) {
        isReading = false;
        if (isWaitOver || FetchRound.isEnough(reads, limits)) {
            isDone = true;
            if (timer != null) {
                timer.cancel();
            }
            List<FetchAnswer.Part> news = session.news(items, reads, limits.isolation());
            reply.complete(new FetchAnswer(ErrorCode.NONE, session.id(), news));
            return;
        }
        if (timer == null) {
            timer = home.schedule(Math.min(limits.maxWaitMs(), FetchRound.MAX_WAIT_MS), this::stopWaiting);
        }
        session.putBack(items, reads, limits.isolation());
        if (hasMoreChanged) {
            wake();
        }
    }
}
