package io.daybook.server.net;

import io.daybook.runtime.Ticker;
import io.daybook.server.api.ApiTable;
import io.daybook.server.api.ConnectionContext;
import io.daybook.server.api.Principal;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Listens, accepts and serves. Its methods may be called by any thread, one after the other. */
public final class NetServer {
    private static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(64 << 10, 256 << 10);
    private static final long DRAIN_CHECK_MS = 2;

    private final Transport transport;
    private final NetContext context;
    private final Map<EventLoop, Connections> connectionsByLoop = new HashMap<>();
    private final AtomicLong connectionNumber = new AtomicLong();
    private final Listeners listeners;
    private final OpenFiles openFiles;

    public NetServer(Transport transport, NetSettings settings, ApiTable apis, Ticker ticker) {
        this.transport = transport;
        this.listeners = new Listeners(ticker);
        this.context = new NetContext(
                settings,
                ticker,
                new Requests(apis, ticker),
                new RequestMemory(settings.requestMemoryBytes()),
                new ConnectionQuota(settings.connections(), ticker.nanoTime()),
                new LimitedLog(ticker));
        this.openFiles = new OpenFiles(settings.sockets().openFileLimit(), context.quota(), listeners, ticker);
        for (EventExecutor loop : transport.loops()) {
            connectionsByLoop.put((EventLoop) loop, new Connections((EventLoop) loop, context));
        }
    }

    /** Listens on an address; port 0 finds a free one. Completes with the address, or with the system's refusal. */
    public CompletableFuture<InetSocketAddress> bind(String listener, InetSocketAddress address) {
        NetSettings.SocketSettings sockets = context.settings().sockets();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(transport.loops())
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, sockets.backlog())
                .option(ChannelOption.ALLOCATOR, transport.allocator())
                .childOption(ChannelOption.ALLOCATOR, transport.allocator())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
                .childOption(ChannelOption.MESSAGE_SIZE_ESTIMATOR, OutboundSizes.INSTANCE)
                .handler(new AcceptFailures())
                .childHandler(new Acceptor(listener));
        if (sockets.sendBufferBytes() > 0) {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, sockets.sendBufferBytes());
        }
        if (sockets.receiveBufferBytes() > 0) {
            // On the listener: the window is agreed upon before a connection is accepted.
            bootstrap.option(ChannelOption.SO_RCVBUF, sockets.receiveBufferBytes());
        }
        ChannelFuture binding = bootstrap.bind(address);
        listeners.add(binding.channel());
        CompletableFuture<InetSocketAddress> bound = new CompletableFuture<>();
        binding.addListener(end -> {
            if (end.isSuccess()) {
                bound.complete((InetSocketAddress) binding.channel().localAddress());
            } else {
                bound.completeExceptionally(end.cause());
            }
        });
        return bound;
    }

    /** From now on no more connections than this are accepted. */
    public void limit(ConnectionLimits limits) {
        context.quota().limit(limits);
    }

    /** Connections at the moment. */
    public int connectionCount() {
        return context.quota().open();
    }

    /** Bytes of requests that are being received or served at the moment. */
    public long requestBytesInFlight() {
        return context.memory().usedBytes();
    }

    /**
     * Accepts no connection and reads no request any more. Completes when every request that was read is answered, long
     * polls excepted, or when the time is over.
     */
    public CompletableFuture<Void> drain(long timeoutMs) {
        listeners.close();
        long deadlineNanos = context.ticker().nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        return onEveryLoop((connections, done) -> {
            connections.drain();
            completeWhenDrained(connections, deadlineNanos, done);
        });
    }

    /** Closes all connections. */
    public CompletableFuture<Void> close() {
        listeners.close();
        return onEveryLoop((connections, done) -> {
            connections.closeAll();
            done.complete(null);
        });
    }

    private interface LoopTask {
        void run(Connections connections, CompletableFuture<Void> done);
    }

    private CompletableFuture<Void> onEveryLoop(LoopTask task) {
        CompletableFuture<?>[] all = new CompletableFuture<?>[connectionsByLoop.size()];
        int i = 0;
        for (Connections connections : connectionsByLoop.values()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            connections.loop().execute(() -> task.run(connections, done));
            all[i++] = done;
        }
        return CompletableFuture.allOf(all);
    }

    private void completeWhenDrained(Connections connections, long deadlineNanos, CompletableFuture<Void> done) {
        if (!connections.hasUrgentCalls() || context.ticker().nanoTime() - deadlineNanos >= 0) {
            done.complete(null);
        } else {
            connections
                    .loop()
                    .schedule(
                            () -> completeWhenDrained(connections, deadlineNanos, done),
                            DRAIN_CHECK_MS,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** What goes wrong on a socket that listens. */
    private final class AcceptFailures extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext listener, Throwable failure) {
            openFiles.acceptFailed(failure);
        }
    }

    /** Sets up what was accepted, on the event loop that will own it. */
    private final class Acceptor extends ChannelInitializer<Channel> {
        private final String listener;

        Acceptor(String listener) {
            this.listener = listener;
        }

        @Override
        protected void initChannel(Channel channel) {
            Connections connections = connectionsByLoop.get(channel.eventLoop());
            InetSocketAddress client = (InetSocketAddress) channel.remoteAddress();
            InetSocketAddress local = (InetSocketAddress) channel.localAddress();
            if (connections == null || client == null || local == null) {
                channel.close(); // gone before it was looked at
                return;
            }
            String id = connectionId(client, local);
            long pauseNanos = context.quota().pauseNanos(context.ticker().nanoTime());
            if (pauseNanos > 0) {
                listeners.pause(pauseNanos);
            }
            String tooMany = context.quota().opened(client.getAddress());
            if (!tooMany.isEmpty()) {
                context.quota().closed(client.getAddress());
                connections.logRefusal(id, listener, tooMany);
                channel.close();
                return;
            }
            if (openFiles.areSpent()) {
                context.quota().closed(client.getAddress());
                openFiles.turnedAway();
                channel.close();
                return;
            }
            ConnectionContext about = new ConnectionContext(id, listener, client, local, Principal.ANONYMOUS);
            Connection connection = new Connection(channel, about, connections);
            connections.add(connection);
            channel.pipeline().addLast(connection);
        }

        private String connectionId(InetSocketAddress client, InetSocketAddress local) {
            return local.getAddress().getHostAddress() + ":" + local.getPort() + "-"
                    + client.getAddress().getHostAddress() + ":" + client.getPort() + "-"
                    + connectionNumber.getAndIncrement();
        }
    }
}
