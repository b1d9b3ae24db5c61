package io.daybook.broker.fetch;

import io.daybook.base.ErrorCode;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.PartitionRead;
import io.daybook.broker.partition.Partitions;
import io.daybook.runtime.Cancellable;
import io.daybook.runtime.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fetch under way: reads all its partitions, each on its shard, and waits until there is enough or the time is over.
 * Owned by its home shard. While it waits, it costs nothing until one of its partitions moves.
 */
final class FetchRound {
    private static final Logger log = LoggerFactory.getLogger(FetchRound.class);

    /** A client that went away is forgotten after this, whatever time it asked for. */
    static final int MAX_WAIT_MS = 300_000;

    private final Shard home;
    private final FetchLimits limits;
    private final List<ShardReads> groups = new ArrayList<>(2);
    private final Consumer<PartitionRead[]> reply;
    private final PartitionRead[] results;
    private final int first;
    private int outstanding;
    private @Nullable Cancellable timer;
    private volatile boolean isDone;

    /**
     * Begins.
     *
     * @param first the item that is served first, so that every item comes to be first
     * @param reply is given one result for each item; the records are its own
     */
    static void start(
            Shard home, Partitions partitions, FetchItems items, FetchLimits limits, Consumer<PartitionRead[]> reply) {
        home.checkOwner();
        new FetchRound(home, items, limits, reply).start(partitions, items);
    }

    private FetchRound(Shard home, FetchItems items, FetchLimits limits, Consumer<PartitionRead[]> reply) {
        this.home = home;
        this.limits = limits;
        this.reply = reply;
        this.results = new PartitionRead[items.list().size()];
        this.first = items.first();
    }

    /** The shard that the fetch lives on. For any thread. */
    Shard home() {
        return home;
    }

    /** Whether the answer was given. For any thread. */
    boolean isDone() {
        return isDone;
    }

    /** A defect: said once, here. For any thread. */
    void failed(Partition partition, RuntimeException failure) {
        log.atError().addKeyValue("partition", partition.id()).setCause(failure).log("a read failed");
    }

    private void start(Partitions partitions, FetchItems items) {
        int count = results.length;
        for (int i = 0; i < count; i++) {
            int index = (first + i) % count;
            FetchItem item = items.list().get(index);
            Partition partition = item.resolve(partitions);
            if (partition == null) {
                results[index] = PartitionRead.failed(
                        item.key().isById() && !partitions.isTopic(item.key().topicId())
                                ? ErrorCode.UNKNOWN_TOPIC_ID
                                : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
            } else {
                groupOf(partition.shard()).add(partition, item.position(), index);
            }
        }
        outstanding = groups.size() + 1;
        for (ShardReads each : groups) {
            begin(each);
        }
        completeOne();
    }

    private ShardReads groupOf(Shard shard) {
        for (ShardReads each : groups) {
            if (each.shard() == shard) {
                return each;
            }
        }
        ShardReads group = new ShardReads(shard, limits, this);
        groups.add(group);
        return group;
    }

    private void begin(ShardReads group) {
        if (group.shard().isOwner()) {
            group.read();
        } else if (!group.shard().offer(group::read)) {
            PartitionRead[] refused = new PartitionRead[group.size()];
            for (int i = 0; i < refused.length; i++) {
                refused[i] = PartitionRead.failed(ErrorCode.NOT_LEADER_OR_FOLLOWER);
            }
            complete(group, refused);
        }
    }

    /** Takes what a shard has read. */
    void complete(ShardReads group, PartitionRead[] reads) {
        home.checkOwner();
        for (int i = 0; i < reads.length; i++) {
            if (isDone) {
                reads[i].release();
            } else {
                PartitionRead before = results[group.index(i)];
                if (before != null) {
                    before.release();
                }
                results[group.index(i)] = reads[i];
            }
        }
        if (isDone) {
            return;
        }
        if (outstanding > 0) {
            completeOne();
        } else if (isEnough()) {
            finish();
        } else {
            await(group);
        }
    }

    private void completeOne() {
        outstanding--;
        if (outstanding > 0) {
            return;
        }
        if (limits.maxWaitMs() <= 0 || groups.isEmpty() || isEnough()) {
            finish();
            return;
        }
        timer = home.schedule(Math.min(limits.maxWaitMs(), MAX_WAIT_MS), this::finish);
        for (ShardReads each : groups) {
            await(each);
        }
    }

    private void await(ShardReads group) {
        PartitionRead[] seen = new PartitionRead[group.size()];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = results[group.index(i)];
        }
        group.shard().run(() -> group.await(seen));
    }

    private boolean isEnough() {
        return isEnough(results, limits);
    }

    /** Whether there are so many bytes, or something that cannot wait. */
    static boolean isEnough(PartitionRead[] reads, FetchLimits limits) {
        long sizeBytes = 0;
        for (PartitionRead each : reads) {
            if (each.isUrgent()) {
                return true;
            }
            sizeBytes += each.sizeBytes();
        }
        return sizeBytes >= limits.minBytes();
    }

    private void finish() {
        if (isDone) {
            return;
        }
        isDone = true;
        if (timer != null) {
            timer.cancel();
        }
        trim();
        reply.accept(results);
    }

    /** Every shard read as much as the whole fetch may have; what is too much together stays for the next one. */
    private void trim() {
        long remainingBytes = limits.maxBytes();
        boolean isFirst = true;
        for (int i = 0; i < results.length; i++) {
            int index = (first + i) % results.length;
            int sizeBytes = results[index].sizeBytes();
            if (sizeBytes > 0 && !isFirst && sizeBytes > remainingBytes) {
                results[index] = results[index].withoutRecords();
            } else if (sizeBytes > 0) {
                isFirst = false;
                remainingBytes -= sizeBytes;
            }
        }
    }
}
