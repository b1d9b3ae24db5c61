package io.daybook.broker.partition;

import io.daybook.base.TopicIdPartition;
import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for the partitions of one shard what is due from time to time: retention, compaction, closing logs that nobody
 * uses. A round goes through the partitions in small steps, so that requests come in between; logs to compact are looked for
 * more often than what is too old. Owned by the shard.
 */
final class Upkeep {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private static final int PARTITIONS_PER_STEP = 100;
    /** After a step that had to open logs. */
    private static final long PAUSE_MS = 20;

    private final Shard shard;
    private final Partitions partitions;
    private final Ticker ticker;
    private final Intervals intervals;
    private final Queue<Partition> round = new ArrayDeque<>();
    private final Queue<Partition> toCompact = new ArrayDeque<>();
    private @Nullable Cancellable timer;
    private @Nullable Cancellable compactionTimer;
    private @Nullable Partition compacting;
    private boolean isStopped;
    /** What was stored before the start; its first round comes even if nobody uses it. */
    private List<TopicIdPartition> unused;

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
        this.unused = stored;
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
            round.clear();
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
        for (TopicIdPartition id : unused) {
            partitions.find(id.topicId(), id.partition());
        }
        unused = List.of();
        partitions.forEachUsed(each -> {
            if (each.shard() == shard) {
                round.add(each);
            }
        });
        step();
    }

    private void step() {
        if (isStopped) {
            return;
        }
        boolean hasOpened = false;
        for (int i = 0; i < PARTITIONS_PER_STEP && !round.isEmpty(); i++) {
            hasOpened |= maintain(round.remove());
        }
        if (round.isEmpty()) {
            timer = shard.schedule(intervals.retentionMs, this::begin);
        } else if (hasOpened) {
            timer = shard.schedule(PAUSE_MS, this::step);
        } else {
            shard.post(this::step);
        }
    }

    private boolean maintain(Partition partition) {
        try {
            return partition != compacting && partition.maintain(ticker.monotonicMs());
        } catch (RuntimeException e) {
            log.atError().addKeyValue("partition", partition.id()).setCause(e).log("retention failed");
            return false;
        }
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
        partitions.forEachUsed(each -> {
            if (each.shard() == shard
                    && each.isOpen()
                    && each.config().compaction().compact()) {
                toCompact.add(each);
            }
        });
        compactNext();
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
