package io.daybook.server.net;

import io.daybook.runtime.Shard;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The event loops, which are the shards too, and the memory for buffers. Made first and closed last: everything else of a
 * server runs on it.
 */
public final class Transport {
    private static final int PAGE_BYTES = 8 << 10;

    /** Chunks of 2 MiB: what an idle server keeps, and where a produce request of the usual 1 MiB still fits. */
    private static final int CHUNK_ORDER = 8;

    private static final int SMALL_CACHE_ENTRIES = 64;
    private static final int NORMAL_CACHE_ENTRIES = 16;
    private static final long STOP_TIMEOUT_MS = 5_000;

    private final EventLoopGroup loops;
    private final Class<? extends ServerChannel> serverChannel;
    private final ByteBufAllocator allocator;
    private final List<EventLoopShard> shards;

    /** How the sockets are driven. */
    public enum Kind {
        /** The JDK's selector; runs everywhere, loads nothing. */
        NIO,
        /** Linux's epoll by way of a native library; falls back to NIO where it does not load. */
        EPOLL
    }

    /**
     * What a transport consists of.
     *
     * @param kind how the sockets are driven
     * @param threads event loops, at least 1
     * @param inboxTasks tasks that wait for one shard at most, beside continuations
     * @param isDaemon whether the process may end while the threads run
     * @param threadNamePrefix the threads are numbered behind it
     */
    public record Plan(Kind kind, int threads, int inboxTasks, boolean isDaemon, String threadNamePrefix) {}

    /** Makes the event loops; their threads start with the first use of each. */
    public Transport(Plan plan) {
        boolean isEpoll = plan.kind() == Kind.EPOLL && Epoll.isAvailable();
        IoHandlerFactory handlers = isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.serverChannel = isEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        this.loops = new MultiThreadIoEventLoopGroup(plan.threads(), threadFactory(plan), handlers);
        this.allocator = new PooledByteBufAllocator(
                true, 0, plan.threads(), PAGE_BYTES, CHUNK_ORDER, SMALL_CACHE_ENTRIES, NORMAL_CACHE_ENTRIES, false);
        List<EventLoopShard> made = new ArrayList<>(plan.threads());
        for (EventExecutor loop : loops) {
            made.add(new EventLoopShard((EventLoop) loop, plan.inboxTasks()));
        }
        this.shards = List.copyOf(made);
    }

    /** How much memory all buffers of this process together may take. */
    public static long maxBufferBytes() {
        return PlatformDependent.maxDirectMemory();
    }

    /** One shard per event loop. */
    public List<Shard> shards() {
        return List.copyOf(shards);
    }

    /** Ends the threads; what is still in the inboxes runs before. Everything that uses the transport is closed by now. */
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        loops.shutdownGracefully(0, STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS).addListener(end -> closed.complete(null));
        return closed;
    }

    EventLoopGroup loops() {
        return loops;
    }

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    private static ThreadFactory threadFactory(Plan plan) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            FastThreadLocalThread thread =
                    new FastThreadLocalThread(task, plan.threadNamePrefix() + number.getAndIncrement());
            thread.setDaemon(plan.isDaemon());
            return thread;
        };
    }
}
