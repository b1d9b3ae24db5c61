package io.daybook.broker.partition;

import io.daybook.base.TopicIdPartition;
import io.daybook.log.LogDirectoryException;
import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for the partitions of one shard what is due from time to time: retention, compaction, closing logs that nobody
 * uses. A round goes through the partitions in small steps, so that requests come in between; of a log that is closed it looks
 * at most at the head of its first segment, and only once, unless something may have to go. Logs to compact are looked for
 * more often than what is too old. Owned by the shard.
 */
final class Upkeep {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private static final int PARTITIONS_PER_STEP = 100;
    /** Of those that look no further than whether a log is open. */
    private static final int LOOKS_PER_STEP = 1_000;
    /** Who waits for something else that the drive has to read stands behind these at most. */
    private static final int AT_ONCE = 20;
    /** After a step that had to look at files or to open logs. */
    private static final long PAUSE_MS = 5;

    private final Shard shard;
    private final Partitions partitions;
    private final Ticker ticker;
    private final Intervals intervals;
    private Iterator<Partition> round = Collections.emptyIterator();
    private final Queue<Partition> toCompact = new ArrayDeque<>();
    private @Nullable Cancellable timer;
    private @Nullable Cancellable compactionTimer;
    private @Nullable Partition compacting;
    private boolean isRoundOn;
    private boolean isStopped;
    /** What was stored before the start; its first round comes even if nobody uses it. */
    private Iterator<TopicIdPartition> unused;

    /**
     * How long the pauses between two rounds are.
     *
     * @param retentionMs {@code log.retention.check.interval.ms}
     * @param compactionMs {@code log.cleaner.backoff.ms}, which may change
     */
    record Intervals(long retentionMs, LongSupplier compactionMs) {}

    Upkeep(Shard shard, Partitions partitions, List<TopicIdPartition> stored, Ticker ticker, Intervals intervals) {
        this.shard = shard;
        this.partitions = partitions;
        this.unused = stored.iterator();
        this.ticker = ticker;
        this.intervals = intervals;
    }

    /** For any thread. */
    void start() {
        shard.post(() -> {
            timer = shard.schedule(intervals.retentionMs, this::begin);
            scheduleCompaction();
        });
    }

    /** For any thread. */
    void stop() {
        shard.post(() -> {
            isStopped = true;
            round = Collections.emptyIterator();
            toCompact.clear();
            if (timer != null) {
                timer.cancel();
            }
            if (compactionTimer != null) {
                compactionTimer.cancel();
            }
        });
    }

    private void begin() {
        shard.checkOwner();
        maintainOpen(partitions.used());
        if (!isRoundOn) {
            isRoundOn = true;
            findUnused();
        }
    }

    /** Waits for no drive: what nobody uses must not stay in memory because there is much to look at. */
    private void maintainOpen(Iterator<Partition> all) {
        if (isStopped) {
            return;
        }
        for (int i = 0; i < PARTITIONS_PER_STEP && all.hasNext(); i++) {
            Partition each = all.next();
            if (each.shard() == shard && each.isOpen() && each != compacting) {
                maintain(each);
            }
        }
        if (all.hasNext()) {
            shard.post(() -> maintainOpen(all));
        } else {
            timer = shard.schedule(intervals.retentionMs, this::begin);
        }
    }

    private void findUnused() {
        if (isStopped) {
            return;
        }
        for (int i = 0; i < PARTITIONS_PER_STEP && unused.hasNext(); i++) {
            TopicIdPartition id = unused.next();
            partitions.find(id.topicId(), id.partition());
        }
        if (unused.hasNext()) {
            shard.post(this::findUnused);
            return;
        }
        unused = Collections.emptyIterator();
        round = partitions.used();
        step();
    }

    /** Through the logs that are closed. */
    private void step() {
        if (isStopped) {
            return;
        }
        List<CompletableFuture<Void>> begun = new ArrayList<>();
        for (int i = 0; i < PARTITIONS_PER_STEP && begun.size() < AT_ONCE && round.hasNext(); i++) {
            Partition each = round.next();
            if (each.shard() == shard && !each.isOpen()) {
                CompletableFuture<Void> maintained = maintain(each);
                if (!maintained.isDone()) {
                    begun.add(maintained);
                }
            }
        }
        isRoundOn = round.hasNext() || !begun.isEmpty();
        if (!begun.isEmpty()) {
            CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new))
                    .whenComplete((done, failure) -> shard.schedule(PAUSE_MS, this::step));
        } else if (isRoundOn) {
            shard.post(this::step);
        }
    }

    /** Never fails: the next round tries again. */
    private CompletableFuture<Void> maintain(Partition partition) {
        CompletableFuture<Void> maintained;
        try {
            maintained = partition.maintain(ticker.wallMs());
        } catch (RuntimeException e) {
            maintained = CompletableFuture.failedFuture(e);
        }
        return maintained.handle((done, failure) -> failure).thenAccept(failure -> {
            // that a drive is offline was said when it failed
            if (failure != null && !isOffline(failure)) {
                log.atError()
                        .addKeyValue("partition", partition.id())
                        .setCause(failure)
                        .log("retention failed");
            }
        });
    }

    private static boolean isOffline(Throwable failure) {
        return failure instanceof LogDirectoryException || failure.getCause() instanceof LogDirectoryException;
    }

    private void scheduleCompaction() {
        if (!isStopped) {
            // A pause of 0 would keep the shard busy with looking.
            long pauseMs = Math.max(1, intervals.compactionMs.getAsLong());
            compactionTimer = shard.schedule(pauseMs, this::beginCompaction);
        }
    }

    private void beginCompaction() {
        shard.checkOwner();
        findToCompact(partitions.used());
    }

    /** Only among the logs that are open: what is closed does not grow. */
    private void findToCompact(Iterator<Partition> all) {
        if (isStopped) {
            return;
        }
        for (int i = 0; i < LOOKS_PER_STEP && all.hasNext(); i++) {
            Partition each = all.next();
            if (each.shard() == shard
                    && each.isOpen()
                    && each.config().compaction().compact()) {
                toCompact.add(each);
            }
        }
        if (all.hasNext()) {
            shard.post(() -> findToCompact(all));
        } else {
            compactNext();
        }
    }

    /** One at a time on a shard. */
    private void compactNext() {
        while (!toCompact.isEmpty()) {
            Partition partition = toCompact.remove();
            CompletableFuture<Void> compacted = partition.compact();
            if (!compacted.isDone() || compacted.isCompletedExceptionally()) {
                compacting = partition;
                compacted.whenComplete((done, failure) -> shard.post(() -> compacted(partition, failure)));
                return;
            }
        }
        scheduleCompaction();
    }

    private void compacted(Partition partition, @Nullable Throwable failure) {
        compacting = null;
        if (failure != null) {
            log.atError()
                    .addKeyValue("partition", partition.id())
                    .setCause(failure)
                    .log("compaction failed");
        }
        compactNext();
    }
}
