package io.daybook.broker.fetch;

import java.util.List;

/**
 * A client's fetch.
 *
 * @param sessionId the session it goes on with, or 0
 * @param sessionEpoch how often the session was used; {@link #INITIAL_EPOCH} or {@link #FINAL_EPOCH} for a full fetch
 * @param byId whether topics are named by their identity
 * @param items all partitions of a full fetch; of an incremental one those that are new or read from elsewhere
 * @param forgotten the partitions that leave the session
 * @param limits how much and how long
 */
public record FetchRequest(
        int sessionId,
        int sessionEpoch,
        boolean byId,
        List<FetchItem> items,
        List<FetchKey> forgotten,
        FetchLimits limits) {
    /** A full fetch that wants a session. */
    public static final int INITIAL_EPOCH = 0;

    /** A full fetch that wants none. */
    public static final int FINAL_EPOCH = -1;

    /** Copies the lists. */
    public FetchRequest {
        items = List.copyOf(items);
        forgotten = List.copyOf(forgotten);
    }

    boolean isFull() {
        return sessionEpoch == INITIAL_EPOCH || sessionEpoch == FINAL_EPOCH;
    }
}
