package io.daybook.broker.fetch;

import io.daybook.runtime.RandomSource;
import io.daybook.runtime.Shard;
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

    /** A session that is not used for so long has lost its client. */
    private static final long MAX_IDLE_MS = 1_800_000;

    private final Shard home;
    private final int index;
    private final int shardCount;
    private final int maxSessions;
    private final Ticker ticker;
    private final RandomSource random;
    /** The one that was not used for longest is the first. */
    private final Map<Integer, FetchSession> byId = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * One part of all sessions; the identifiers of its sessions leave the rest {@code index}.
     *
     * @param index from 0
     * @param count how many parts there are
     */
    record Part(int index, int count) {}

    /**
     * Empty.
     *
     * @param home the shard
     * @param part which part of all sessions this is
     */
    FetchSessions(Shard home, Part part, int maxSessions, Ticker ticker, RandomSource random) {
        this.home = home;
        this.index = part.index();
        this.shardCount = part.count();
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
        removeIdle(nowMs);
        if (itemCount == 0 || byId.size() >= maxSessions && !makeRoom(itemCount, nowMs)) {
            return Optional.empty();
        }
        int id = newId();
        FetchSession session = new FetchSession(id, isById, home, nowMs);
        byId.put(id, session);
        return Optional.of(session);
    }

    private void removeIdle(long nowMs) {
        while (!byId.isEmpty()) {
            FetchSession oldest = byId.values().iterator().next();
            if (nowMs - oldest.lastUsedMs() <= MAX_IDLE_MS) {
                return;
            }
            remove(oldest.id());
        }
    }

    private boolean makeRoom(int itemCount, long nowMs) {
        if (maxSessions == 0) {
            return false;
        }
        Iterator<FetchSession> all = byId.values().iterator();
        FetchSession oldest = all.next();
        if (nowMs - oldest.lastUsedMs() > MIN_AGE_MS) {
            remove(oldest.id());
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
        remove(smallest.id());
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
