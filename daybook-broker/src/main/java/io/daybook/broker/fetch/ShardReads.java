package io.daybook.broker.fetch;

import io.daybook.base.ErrorCode;
import io.daybook.broker.partition.FetchPosition;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.PartitionRead;
import io.daybook.broker.partition.ReadableListener;
import io.daybook.runtime.Shard;
import java.util.ArrayList;
import java.util.List;

/**
 * The partitions of one fetch that one shard owns. Filled on the fetch's home before the first read; from then on owned
 * by the shard, which hands each round of results to the home and does not touch them again.
 */
final class ShardReads implements ReadableListener {
    private final Shard shard;
    private final FetchLimits limits;
    private final FetchRound home;
    private final List<Target> targets = new ArrayList<>();
    private PartitionRead[] results = new PartitionRead[0];
    private int outstanding;
    private int remainingBytes;
    private boolean isSomethingRead;
    private boolean isReading;

    /** A partition, from where it is read, and its place in the fetch. */
    private record Target(Partition partition, FetchPosition position, int index) {}

    ShardReads(Shard shard, FetchLimits limits, FetchRound home) {
        this.shard = shard;
        this.limits = limits;
        this.home = home;
    }

    Shard shard() {
        return shard;
    }

    int size() {
        return targets.size();
    }

    int index(int i) {
        return targets.get(i).index();
    }

    void add(Partition partition, FetchPosition position, int index) {
        targets.add(new Target(partition, position, index));
    }

    /** Reads every partition; the results go home when the last is there. */
    void read() {
        shard.checkOwner();
        isReading = true;
        results = new PartitionRead[targets.size()];
        outstanding = targets.size() + 1;
        remainingBytes = limits.maxBytes();
        isSomethingRead = false;
        for (int i = 0; i < targets.size(); i++) {
            read(i);
        }
        completeOne();
    }

    /** Waits until a reader would see something else than {@code seen}, and then reads again. */
    void await(PartitionRead[] seen) {
        shard.checkOwner();
        for (int i = 0; i < targets.size() && !isReading && !isDone(); i++) {
            targets.get(i).partition().watch(seen[i].offsets(), this);
        }
    }

    @Override
    public boolean isDone() {
        return home.isDone();
    }

    /** What else becomes readable in the same round of the flusher is read along, since that is in the inbox already. */
    @Override
    public void readableChanged() {
        if (!isReading) {
            isReading = true;
            shard.post(this::readAgain);
        }
    }

    private void readAgain() {
        if (!isDone()) {
            read();
        }
    }

    private void read(int i) {
        Target target = targets.get(i);
        int maxBytes = Math.max(0, Math.min(target.position().maxBytes(), remainingBytes));
        try {
            target.partition()
                    .read(target.position(), limits.isolation(), maxBytes, !isSomethingRead, read -> complete(i, read));
        } catch (RuntimeException e) {
            home.failed(target.partition(), e);
            if (results[i] == null) {
                complete(i, PartitionRead.failed(ErrorCode.UNKNOWN_SERVER_ERROR));
            }
        }
    }

    private void complete(int i, PartitionRead read) {
        results[i] = read;
        if (read.sizeBytes() > 0) {
            isSomethingRead = true;
            remainingBytes -= read.sizeBytes();
        }
        completeOne();
    }

    private void completeOne() {
        outstanding--;
        if (outstanding == 0) {
            isReading = false;
            PartitionRead[] done = results;
            home.home().run(() -> home.complete(this, done));
        }
    }
}
