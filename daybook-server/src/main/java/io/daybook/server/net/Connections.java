package io.daybook.server.net;

import io.daybook.runtime.Ticker;
import io.daybook.server.api.ConnectionContext;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one event loop, which owns this. One timer looks at all of them now and then; without connections
 * there is no timer.
 */
final class Connections {
    private static final Logger log = LoggerFactory.getLogger(Connections.class);
    private static final long MAX_SWEEP_MS = 10_000;
    private static final long MIN_SWEEP_MS = 50;
    private static final int SWEEPS_PER_IDLE_TIME = 8;

    /** How long a request may take to arrive while others wait for memory: this, and the time for its bytes. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long SLOWEST_BYTES_PER_SECOND = 256 << 10;

    private final EventLoop loop;
    private final NetContext context;
    private final Set<Connection> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable Future<?> sweep;

    Connections(EventLoop loop, NetContext context) {
        this.loop = loop;
        this.context = context;
    }

    EventLoop loop() {
        return loop;
    }

    NetSettings settings() {
        return context.settings();
    }

    Ticker ticker() {
        return context.ticker();
    }

    Requests requests() {
        return context.requests();
    }

    RequestMemory memory() {
        return context.memory();
    }

    ConnectionQuota quota() {
        return context.quota();
    }

    int count() {
        return open.size();
    }

    void add(Connection connection) {
        open.add(connection);
        if (sweep == null) {
            long sweepMs =
                    Math.max(MIN_SWEEP_MS, Math.min(MAX_SWEEP_MS, settings().maxIdleMs() / SWEEPS_PER_IDLE_TIME));
            sweep = loop.scheduleWithFixedDelay(this::checkProgress, sweepMs, sweepMs, TimeUnit.MILLISECONDS);
        }
    }

    void remove(Connection connection, InetSocketAddress client) {
        if (open.remove(connection)) {
            quota().closed(client.getAddress());
        }
        if (open.isEmpty() && sweep != null) {
            sweep.cancel(false);
            sweep = null;
        }
    }

    long maxIdleNanos() {
        return TimeUnit.MILLISECONDS.toNanos(settings().maxIdleMs());
    }

    /** How long a request of this size may take to arrive while others wait for memory. */
    long patienceNanos(int requestBytes) {
        return PATIENCE_NANOS + TimeUnit.SECONDS.toNanos(1) * requestBytes / SLOWEST_BYTES_PER_SECOND;
    }

    void drain() {
        open.forEach(Connection::drain);
    }

    boolean hasUrgentCalls() {
        for (Connection connection : open) {
            if (connection.hasUrgentCalls()) {
                return true;
            }
        }
        return false;
    }

    void closeAll() {
        List.copyOf(open).forEach(Connection::close);
    }

    /** Says, at a bounded pace, that a connection is closed for what its client did. */
    void logRefusal(ConnectionContext connection, String reason) {
        logRefusal(connection.connectionId(), connection.listener(), reason);
    }

    void logRefusal(String connectionId, String listener, String reason) {
        if (context.refusals().permits()) {
            log.atWarn()
                    .addKeyValue("connection", connectionId)
                    .addKeyValue("listener", listener)
                    .addKeyValue("similarLinesDropped", context.refusals().takeDropped())
                    .log("connection closed: {}", reason);
        }
    }

    /** Whether a line about something that a client can repeat at will may be written now. */
    boolean permitsLogLine() {
        return context.refusals().permits();
    }

    private void checkProgress() {
        long nowNanos = ticker().nanoTime();
        for (Connection connection : List.copyOf(open)) {
            connection.checkProgress(nowNanos);
        }
    }
}
