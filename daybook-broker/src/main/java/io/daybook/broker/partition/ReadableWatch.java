package io.daybook.broker.partition;

import java.util.ArrayList;
import java.util.List;

/** The listeners that wait for one partition. Those that are done leave when the next one comes, so they do not pile up. */
final class ReadableWatch {
    private static final List<ReadableListener> NONE = List.of();

    private List<ReadableListener> listeners = NONE;

    void add(ReadableListener listener) {
        if (listeners == NONE) {
            listeners = new ArrayList<>(2);
        } else {
            listeners.removeIf(each -> each == listener || each.isDone());
        }
        listeners.add(listener);
    }

    boolean isWatched() {
        for (ReadableListener each : listeners) {
            if (!each.isDone()) {
                return true;
            }
        }
        return false;
    }

    void fire() {
        if (listeners == NONE) {
            return;
        }
        List<ReadableListener> fired = listeners;
        listeners = NONE;
        for (ReadableListener each : fired) {
            if (!each.isDone()) {
                each.readableChanged();
            }
        }
    }
}
