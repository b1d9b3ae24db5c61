package io.daybook.broker.fetch;

import io.daybook.broker.partition.ReadableListener;
import io.daybook.runtime.Shard;
import java.util.function.Consumer;

/** Tells a session that one of its partitions has changed. Called by the partition's shard, tells the session's. */
final class ItemWatch implements ReadableListener {
    private final FetchItem item;
    private final Shard home;
    private final Consumer<FetchItem> changed;
    private volatile boolean isDone;

    ItemWatch(FetchItem item, Shard home, Consumer<FetchItem> changed) {
        this.item = item;
        this.home = home;
        this.changed = changed;
    }

    @Override
    public boolean isDone() {
        return isDone;
    }

    @Override
    public void readableChanged() {
        home.run(() -> changed.accept(item));
    }

    /** The item has left the session. */
    void end() {
        isDone = true;
    }
}
