package io.daybook.server.net;

import io.daybook.runtime.Ticker;
import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sockets that connections are accepted from. Accepting can pause; the system keeps who knocks meanwhile. Safe for use
 * by any thread.
 */
final class Listeners {
    private final Ticker ticker;
    private final List<Channel> channels = new CopyOnWriteArrayList<>();
    private final AtomicLong pausedUntilNanos;

    Listeners(Ticker ticker) {
        this.ticker = ticker;
        this.pausedUntilNanos = new AtomicLong(ticker.nanoTime());
    }

    void add(Channel channel) {
        channels.add(channel);
    }

    void close() {
        channels.forEach(Channel::close);
    }

    /** Accepts nothing for a while; a longer pause takes the place of a shorter one. */
    void pause(long nanos) {
        long until = ticker.nanoTime() + nanos;
        pausedUntilNanos.accumulateAndGet(until, (one, other) -> one - other > 0 ? one : other);
        for (Channel channel : channels) {
            if (channel.config().isAutoRead()) {
                channel.config().setAutoRead(false);
                resume(channel);
            }
        }
    }

    private void resume(Channel channel) {
        long leftNanos = pausedUntilNanos.get() - ticker.nanoTime();
        if (leftNanos <= 0) {
            channel.config().setAutoRead(true);
        } else {
            channel.eventLoop().schedule(() -> resume(channel), leftNanos, TimeUnit.NANOSECONDS);
        }
    }
}
