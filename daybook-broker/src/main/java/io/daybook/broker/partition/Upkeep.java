package io.daybook.broker.partition;

import io.daybook.base.TopicIdPartition;
import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for the partitions of one shard what is due from time to time: retention, compaction, closing logs that nobody
 * uses. A round goes through the partitions in small steps, so that requests come in between. Owned by the shard.
 */
final class Upkeep {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

    private static final int PARTITIONS_PER_STEP = 100;
    /** After a step that had to open logs. */
    private static final long PAUSE_MS = 20;

    private final Shard shard;
    private final Partitions partitions;
    private final Ticker ticker;
    private final long intervalMs;
    private final Queue<Partition> round = new ArrayDeque<>();
    private @Nullable Cancellable timer;
    private boolean isCompacting;
    private boolean isStopped;
    /** What was stored before the start; its first round comes even if nobody uses it. */
    private List<TopicIdPartition> unused;

    Upkeep(Shard shard, Partitions partitions, List<TopicIdPartition> stored, Ticker ticker, long intervalMs) {
        this.shard = shard;
        this.partitions = partitions;
        this.unused = stored;
        this.ticker = ticker;
        this.intervalMs = intervalMs;
    }

    /** For any thread. */
    void start() {
        shard.post(() -> timer = shard.schedule(intervalMs, this::begin));
    }

    /** For any thread. */
    void stop() {
        shard.post(() -> {
            isStopped = true;
            round.clear();
            if (timer != null) {
                timer.cancel();
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
        for (int i = 0; i < PARTITIONS_PER_STEP && !round.isEmpty() && !isCompacting; i++) {
            hasOpened |= maintain(round.remove());
        }
        if (isCompacting) {
            return;
        }
        if (round.isEmpty()) {
            timer = shard.schedule(intervalMs, this::begin);
        } else if (hasOpened) {
            timer = shard.schedule(PAUSE_MS, this::step);
        } else {
            shard.post(this::step);
        }
    }

    private boolean maintain(Partition partition) {
        try {
            if (partition.config().compaction().compact() && partition.isOpen()) {
                compact(partition);
            }
            return !isCompacting && partition.maintain(ticker.monotonicMs());
        } catch (RuntimeException e) {
            log.atError().addKeyValue("partition", partition.id()).setCause(e).log("retention failed");
            return false;
        }
    }

    /** One at a time on a shard: the round goes on when it is done. */
    private void compact(Partition partition) {
        CompletableFuture<Void> compacted = partition.compact();
        if (compacted.isDone() && !compacted.isCompletedExceptionally()) {
            return;
        }
        isCompacting = true;
        compacted.whenComplete((done, failure) -> shard.post(() -> {
            isCompacting = false;
            if (failure != null) {
                log.atError()
                        .addKeyValue("partition", partition.id())
                        .setCause(failure)
                        .log("compaction failed");
            }
            step();
        }));
    }
}
