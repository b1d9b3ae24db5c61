package io.daybook.broker.fetch;

import io.daybook.broker.partition.PartitionRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client reads, kept between its fetches, so that it only says what changed and is only told what changed. Owned
 * by the shard that keeps it.
 */
final class FetchSession {
    private final int id;
    private final boolean isById;
    private final long createdMs;
    private final Map<FetchKey, Integer> places = new HashMap<>();
    private final List<FetchItem> items = new ArrayList<>();
    private int nextEpoch = 1;
    private int first;
    private long lastUsedMs;
    private @Nullable FetchRound underWay;

    FetchSession(int id, boolean isById, long nowMs) {
        this.id = id;
        this.isById = isById;
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

    void begun(FetchRound round) {
        underWay = round;
    }

    /** The client has given up the session: a fetch that waits is answered. */
    void end() {
        if (underWay != null) {
            underWay.stopWaiting();
        }
    }

    void update(List<FetchItem> changed, List<FetchKey> forgotten) {
        for (FetchItem each : changed) {
            Integer place = places.get(each.key());
            if (place == null) {
                places.put(each.key(), items.size());
                items.add(each);
            } else {
                items.get(place).moveTo(each.position());
            }
        }
        for (FetchKey each : forgotten) {
            forget(each);
        }
        first = items.isEmpty() ? 0 : first % items.size();
    }

    /** All partitions, another one first each time. */
    FetchItems items() {
        return new FetchItems(items, first);
    }

    /** Which of the results the client has to hear of; the rest is released. */
    List<FetchAnswer.Part> news(List<FetchItem> fetched, PartitionRead[] reads) {
        List<FetchAnswer.Part> news = new ArrayList<>();
        int lastServed = -1;
        for (int i = 0; i < reads.length; i++) {
            FetchItem item = fetched.get(i);
            if (item.isNews(reads[i])) {
                item.told(reads[i]);
                news.add(new FetchAnswer.Part(item.key(), reads[i]));
                lastServed = reads[i].sizeBytes() > 0 ? i : lastServed;
            } else {
                reads[i].release();
            }
        }
        if (lastServed >= 0 && !items.isEmpty()) {
            first = (lastServed + 1) % items.size();
        }
        return news;
    }

    private void forget(FetchKey key) {
        Integer place = places.remove(key);
        if (place == null) {
            return;
        }
        FetchItem last = items.remove(items.size() - 1);
        if (place < items.size()) {
            items.set(place, last);
            places.put(last.key(), place);
        }
    }
}
