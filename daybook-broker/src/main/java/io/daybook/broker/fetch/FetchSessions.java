package io.daybook.broker.fetch;

import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Ticker;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The incremental fetch sessions that one shard keeps. A new session takes the place of one that was not used for a while,
 * or else of a smaller one; if there is none, the client goes without. Owned by the shard.
 */
final class FetchSessions {
    /** No session is taken away before this. */
    private static final long MIN_AGE_MS = 120_000;

    private final int index;
    private final int shardCount;
    private final int maxSessions;
    private final Ticker ticker;
    private final RandomSource random;
    /** The one that was not used for longest is the first. */
    private final Map<Integer, FetchSession> byId = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Empty.
     *
     * @param index which of the {@code shardCount} parts this is: the rest of the identifiers it gives
     */
    FetchSessions(int index, int shardCount, int maxSessions, Ticker ticker, RandomSource random) {
        this.index = index;
        this.shardCount = shardCount;
        this.maxSessions = maxSessions;
        this.ticker = ticker;
        this.random = random;
    }

    int size() {
        return byId.size();
    }

    Optional<FetchSession> find(int sessionId) {
        return Optional.ofNullable(byId.get(sessionId));
    }

    void remove(int sessionId) {
        FetchSession removed = byId.remove(sessionId);
        if (removed != null) {
            removed.end();
        }
    }

    void used(FetchSession session) {
        session.use(ticker.monotonicMs());
    }

    /** Makes a session for so many partitions, if there is room. */
    Optional<FetchSession> create(boolean isById, int itemCount) {
        long nowMs = ticker.monotonicMs();
        if (itemCount == 0 || byId.size() >= maxSessions && !makeRoom(itemCount, nowMs)) {
            return Optional.empty();
        }
        int id = newId();
        FetchSession session = new FetchSession(id, isById, nowMs);
        byId.put(id, session);
        return Optional.of(session);
    }

    private boolean makeRoom(int itemCount, long nowMs) {
        if (maxSessions == 0) {
            return false;
        }
        Iterator<FetchSession> all = byId.values().iterator();
        FetchSession oldest = all.next();
        if (nowMs - oldest.lastUsedMs() > MIN_AGE_MS) {
            byId.remove(oldest.id());
            return true;
        }
        FetchSession smallest = oldest;
        while (all.hasNext()) {
            FetchSession each = all.next();
            smallest = each.size() < smallest.size() ? each : smallest;
        }
        if (smallest.size() >= itemCount || nowMs - smallest.createdMs() <= MIN_AGE_MS) {
            return false;
        }
        byId.remove(smallest.id());
        return true;
    }

    /** An identifier above 0 that is not in use, and that says which shard keeps the session. */
    private int newId() {
        while (true) {
            long id = (long) (random.nextInt(Integer.MAX_VALUE / shardCount - 1) + 1) * shardCount + index;
            if (id > 0 && id < Integer.MAX_VALUE && !byId.containsKey((int) id)) {
                return (int) id;
            }
        }
    }
}
