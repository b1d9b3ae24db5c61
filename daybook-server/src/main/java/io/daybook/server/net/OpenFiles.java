package io.daybook.server.net;

import io.daybook.runtime.Ticker;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and sockets, of which the system lets a process open only so many. Connections get a part, so that logs and the
 * journal find theirs however many clients come; those beyond it are turned away, and the operator is told at a slow pace.
 * Safe for use by any thread.
 */
final class OpenFiles {
    private static final Logger log = LoggerFactory.getLogger(OpenFiles.class);
    /** Of all files and sockets, in eighths. */
    private static final int SHARE_OF_CONNECTIONS = 5;

    private static final long LOG_PERIOD_MS = 10_000;
    /** A socket that ends, or a log that comes to rest, makes room for others. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int limit;
    private final ConnectionQuota quota;
    private final Listeners listeners;
    private final LimitedLog pace;

    OpenFiles(int limit, ConnectionQuota quota, Listeners listeners, Ticker ticker) {
        this.limit = limit;
        this.quota = quota;
        this.listeners = listeners;
        this.pace = new LimitedLog(ticker, 1, LOG_PERIOD_MS);
    }

    /** Whether connections have all the files that they may have. */
    boolean areSpent() {
        return quota.open() > maxConnections();
    }

    /** Says that a connection is closed since there are too many. */
    void turnedAway() {
        if (pace.permits()) {
            log.atError()
                    .addKeyValue("openFileLimit", limit)
                    .addKeyValue("connections", maxConnections())
                    .addKeyValue("othersTurnedAway", pace.takeDropped())
                    .log("no more connections: they have all the files that the limit on open files leaves them; raise"
                            + " ulimit -n (LimitNOFILE= of a systemd unit), or bound clients with max.connections or"
                            + " max.connections.per.ip");
        }
    }

    /** The system did not give a socket. Nobody is accepted for a while, instead of trying without end. */
    void acceptFailed(Throwable failure) {
        listeners.pause(PAUSE_NANOS);
        if (!pace.permits()) {
            return;
        }
        boolean isLimit = failure instanceof IOException
                && String.valueOf(failure.getMessage()).contains("Too many open files");
        log.atError()
                .addKeyValue("openFileLimit", limit)
                .addKeyValue("connections", quota.open())
                .addKeyValue("cause", failure)
                .log(
                        isLimit
                                ? "new connections wait: the limit on open files is reached; raise ulimit -n"
                                        + " (LimitNOFILE= of a systemd unit), or bound clients with max.connections"
                                : "new connections wait: the system does not give a socket");
    }

    private long maxConnections() {
        return Math.max(1, (long) limit * SHARE_OF_CONNECTIONS / 8);
    }
}
