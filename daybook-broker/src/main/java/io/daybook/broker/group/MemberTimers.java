package io.daybook.broker.group;

import io.daybook.runtime.Cancellable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** What is waited for from the members of a consumer-protocol group. Not in the log: set anew after a restart. */
final class MemberTimers {
    /** What a member must do in time. */
    enum Kind {
        /** Send a heartbeat. */
        SESSION,
        /** Give up partitions. */
        REVOCATION,
        /** Join again; classic members only. */
        JOIN,
        /** Ask for its assignment; classic members only. */
        SYNC
    }

    private final Map<Kind, Map<String, Cancellable>> timers = new EnumMap<>(Kind.class);

    MemberTimers() {
        for (Kind kind : Kind.values()) {
            timers.put(kind, new HashMap<>());
        }
    }

    boolean isSet(Kind kind, String memberId) {
        return of(kind).containsKey(memberId);
    }

    /** Replaces the timer of this kind. */
    void set(Kind kind, String memberId, Cancellable timer) {
        Cancellable former = of(kind).put(memberId, timer);
        if (former != null) {
            former.cancel();
        }
    }

    void cancel(Kind kind, String memberId) {
        Cancellable timer = of(kind).remove(memberId);
        if (timer != null) {
            timer.cancel();
        }
    }

    /** The member is gone. */
    void cancelAll(String memberId) {
        for (Kind kind : Kind.values()) {
            cancel(kind, memberId);
        }
    }

    /** The group is gone. */
    void cancelAll() {
        for (Map<String, Cancellable> each : timers.values()) {
            each.values().forEach(Cancellable::cancel);
            each.clear();
        }
    }

    private Map<String, Cancellable> of(Kind kind) {
        return timers.getOrDefault(kind, Map.of());
    }
}
