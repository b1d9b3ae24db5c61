package io.daybook.broker.fetch;

import io.daybook.broker.partition.Isolation;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.PartitionRead;
import io.daybook.broker.partition.ReadableOffsets;
import io.daybook.runtime.Shard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client reads, kept between its fetches, so that it only says what changed and is only told what changed. Every
 * partition is either watched, or among those that the next fetch reads. Owned by the shard that keeps it.
 */
final class FetchSession {
    private final int id;
    private final boolean isById;
    private final Shard home;
    private final long createdMs;
    private final Map<FetchKey, FetchItem> items = new HashMap<>();
    private final Map<FetchItem, ItemWatch> watches = new IdentityHashMap<>();
    /** What is served comes back at the end, so that every partition comes to be first. */
    private final Set<FetchItem> changed = new LinkedHashSet<>();

    private Isolation isolation = Isolation.READ_UNCOMMITTED;
    private int nextEpoch = 1;
    private long lastUsedMs;
    private @Nullable SessionFetch underWay;
    private boolean hasEnded;

    private record Watched(Partition partition, ReadableOffsets seen, ItemWatch watch) {}

    FetchSession(int id, boolean isById, Shard home, long nowMs) {
        this.id = id;
        this.isById = isById;
        this.home = home;
        this.createdMs = nowMs;
        this.lastUsedMs = nowMs;
    }

    int id() {
        return id;
    }

    boolean isById() {
        return isById;
    }

    int size() {
        return items.size();
    }

    int nextEpoch() {
        return nextEpoch;
    }

    long createdMs() {
        return createdMs;
    }

    long lastUsedMs() {
        return lastUsedMs;
    }

    /** The client uses the session once more. */
    void use(long nowMs) {
        lastUsedMs = nowMs;
        nextEpoch = nextEpoch == Integer.MAX_VALUE ? 1 : nextEpoch + 1;
    }

    /** A fetch begins; one that still waits is answered. */
    void begun(SessionFetch fetch) {
        if (underWay != null) {
            underWay.stopWaiting();
        }
        underWay = fetch;
    }

    /** The client has given up the session: a fetch that waits is answered. */
    void end() {
        hasEnded = true;
        watches.values().forEach(ItemWatch::end);
        if (underWay != null) {
            underWay.stopWaiting();
        }
    }

    void update(List<FetchItem> moved, List<FetchKey> forgotten) {
        for (FetchItem each : moved) {
            FetchItem known = items.putIfAbsent(each.key(), each);
            if (known != null) {
                known.moveTo(each.position());
            }
            changed.add(known == null ? each : known);
        }
        for (FetchKey each : forgotten) {
            FetchItem item = items.remove(each);
            if (item != null) {
                changed.remove(item);
                ItemWatch watch = watches.remove(item);
                if (watch != null) {
                    watch.end();
                }
            }
        }
    }

    /** The partitions that may have changed; whoever takes them puts them back or tells the client. */
    FetchItems takeChanged(Isolation by) {
        if (by != isolation) {
            isolation = by;
            changed.addAll(items.values());
        }
        FetchItems taken = new FetchItems(List.copyOf(changed), 0);
        changed.clear();
        return taken;
    }

    /** Which of the results the client has to hear of; the rest is released. */
    List<FetchAnswer.Part> news(List<FetchItem> fetched, PartitionRead[] reads, Isolation by) {
        List<FetchAnswer.Part> news = new ArrayList<>();
        List<FetchItem> served = new ArrayList<>();
        List<Watched> watched = new ArrayList<>();
        for (int i = 0; i < reads.length; i++) {
            FetchItem item = fetched.get(i);
            if (isAtEnd(item, reads[i], by)) {
                watch(item, reads[i], watched);
            } else if (reads[i].sizeBytes() > 0) {
                served.add(item);
            } else {
                putBack(item);
            }
            if (item.isNews(reads[i])) {
                item.told(reads[i]);
                news.add(new FetchAnswer.Part(item.key(), reads[i]));
            } else {
                reads[i].release();
            }
        }
        served.forEach(this::putBack);
        begin(watched);
        return news;
    }

    /** There is not enough yet: the results are given up, and every partition that was read is watched. */
    void putBack(List<FetchItem> fetched, PartitionRead[] reads, Isolation by) {
        List<Watched> watched = new ArrayList<>();
        for (int i = 0; i < reads.length; i++) {
            FetchItem item = fetched.get(i);
            if (!isAtEnd(item, reads[i], by) || item.isNews(reads[i])) {
                putBack(item);
            }
            watch(item, reads[i], watched);
            reads[i].release();
        }
        begin(watched);
    }

    private static boolean isAtEnd(FetchItem item, PartitionRead read, Isolation by) {
        return read.sizeBytes() == 0
                && !read.isUrgent()
                && item.position().offset() >= read.offsets().endFor(by);
    }

    private void putBack(FetchItem item) {
        if (items.get(item.key()) == item) {
            changed.add(item);
        }
    }

    private void changed(FetchItem item) {
        home.checkOwner();
        putBack(item);
        if (underWay != null) {
            underWay.wake();
        }
    }

    private void watch(FetchItem item, PartitionRead read, List<Watched> watched) {
        Partition partition = item.resolved();
        if (partition != null && !hasEnded && items.get(item.key()) == item) {
            ItemWatch watch = watches.computeIfAbsent(item, each -> new ItemWatch(each, home, this::changed));
            watched.add(new Watched(partition, read.offsets(), watch));
        }
    }

    private static void begin(List<Watched> watched) {
        Map<Shard, List<Watched>> byShard = new IdentityHashMap<>(4);
        for (Watched each : watched) {
            byShard.computeIfAbsent(each.partition().shard(), shard -> new ArrayList<>())
                    .add(each);
        }
        byShard.forEach((shard, all) -> shard.run(() -> {
            for (Watched each : all) {
                each.partition().watch(each.seen(), each.watch());
            }
        }));
    }
}
