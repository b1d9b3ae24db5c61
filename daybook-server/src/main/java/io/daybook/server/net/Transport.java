package io.daybook.server.net;

import io.daybook.runtime.SerialShard;
import io.daybook.runtime.Shard;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The event loops, the shards that take turns on them, and the memory for buffers. Made first and closed last: everything else of a
 * server runs on it.
 */
public final class Transport {
    private static final int PAGE_BYTES = 8 << 10;

    /** Chunks of 2 MiB: what an idle server keeps, and where a produce request of the usual 1 MiB still fits. */
    private static final int CHUNK_ORDER = 8;

    private static final int SMALL_CACHE_ENTRIES = 64;
    private static final int NORMAL_CACHE_ENTRIES = 16;
    private static final long STOP_TIMEOUT_MS = 5_000;

    /** Then a loop looks at its sockets again, however much other loops have for the shards whose turn it has. */
    private static final long MAX_TASKS_MS = 1;

    private final EventLoopGroup loops;
    private final Class<? extends ServerChannel> serverChannel;
    private final ByteBufAllocator allocator;
    private final List<Shard> shards;

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
     * @param inboxTasks with so many tasks in its inbox, a shard refuses offers
     * @param isDaemon whether the process may end while the threads run
     * @param threadNamePrefix the threads are numbered behind it
     */
    public record Plan(Kind kind, int threads, int inboxTasks, boolean isDaemon, String threadNamePrefix) {}

    /** Makes the event loops; their threads start with the first use of each. */
    public Transport(Plan plan) {
        boolean isEpoll = plan.kind() == Kind.EPOLL && Epoll.isAvailable();
        IoHandlerFactory handlers = isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.serverChannel = isEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        LoopCarriers.LoopThreads threads = new LoopCarriers.LoopThreads(plan.threadNamePrefix(), plan.isDaemon());
        this.loops = new Loops(plan.threads(), threads, handlers);
        this.allocator = new PooledByteBufAllocator(
                true, 0, plan.threads(), PAGE_BYTES, CHUNK_ORDER, SMALL_CACHE_ENTRIES, NORMAL_CACHE_ENTRIES, false);
        List<EventLoop> all = new ArrayList<>(plan.threads());
        for (EventExecutor loop : loops) {
            all.add((EventLoop) loop);
        }
        LoopCarriers carriers = new LoopCarriers(all, threads);
        List<Shard> made = new ArrayList<>(plan.threads());
        for (int i = 0; i < plan.threads(); i++) {
            made.add(new SerialShard(carriers, i, plan.inboxTasks()));
        }
        this.shards = List.copyOf(made);
    }

    /** How much memory all buffers of this process together may take. */
    public static long maxBufferBytes() {
        return PlatformDependent.maxDirectMemory();
    }

    /** As many as there are event loops. */
    public List<Shard> shards() {
        return shards;
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

    private static final class Loops extends MultiThreadIoEventLoopGroup {
        Loops(int threads, ThreadFactory factory, IoHandlerFactory handlers) {
            super(threads, factory, handlers);
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... ignored) {
            return new SingleThreadIoEventLoop(
                    this, executor, handlers, Integer.MAX_VALUE, RejectedExecutionHandlers.reject(), MAX_TASKS_MS);
        }
    }
}
