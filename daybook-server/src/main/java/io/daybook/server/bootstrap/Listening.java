package io.daybook.server.bootstrap;

import io.daybook.server.config.ListenerConfig;
import io.daybook.server.net.NetServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Opens the listeners of a configuration, one after the other. */
final class Listening {
    private static final byte[] IPV4_LOOPBACK = {127, 0, 0, 1};
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final NetServer net;

    Listening(NetServer net) {
        this.net = net;
    }

    /** Completes when all are open; fails with a {@link StartException} if one cannot be. */
    CompletableFuture<List<BoundListener>> open(List<ListenerConfig> listeners) {
        CompletableFuture<List<BoundListener>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (ListenerConfig listener : listeners) {
            all = all.thenCompose(before -> open(listener).thenApply(bound -> {
                before.add(bound);
                return before;
            }));
        }
        return all.thenApply(List::copyOf);
    }

    private CompletableFuture<BoundListener> open(ListenerConfig listener) {
        if (listener.host().equals("localhost")) {
            return bind(listener, new InetSocketAddress(address(IPV4_LOOPBACK), listener.port()))
                    .thenCompose(bound -> alsoOnIpv6(listener, bound));
        }
        if (listener.host().isEmpty()) {
            return bind(listener, new InetSocketAddress(listener.port()));
        }
        try {
            return bind(listener, new InetSocketAddress(InetAddress.getByName(listener.host()), listener.port()));
        } catch (UnknownHostException e) {
            throw new StartException(
                    "cannot listen on " + listener + ": the host is not known here; name an address of this machine",
                    e);
        }
    }

    /** "localhost" is both loopback addresses for clients that try IPv6 first. Machines without IPv6 go without. */
    private CompletableFuture<BoundListener> alsoOnIpv6(ListenerConfig listener, BoundListener bound) {
        InetSocketAddress address = new InetSocketAddress(address(IPV6_LOOPBACK), bound.port());
        return net.bind(listener.name(), address).handle((also, failure) -> bound);
    }

    private CompletableFuture<BoundListener> bind(ListenerConfig listener, InetSocketAddress address) {
        return net.bind(listener.name(), address).handle((bound, failure) -> {
            if (failure != null) {
                throw new CompletionException(cannotListen(listener, failure));
            }
            return new BoundListener(listener.name(), listener.host(), bound.getPort());
        });
    }

    private static StartException cannotListen(ListenerConfig listener, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("already in use")) {
            return new StartException(
                    "cannot listen on " + listener + ": the port is in use; stop what uses it, or choose another with "
                            + "--listen localhost:PORT",
                    cause);
        }
        return new StartException("cannot listen on " + listener + ": " + reason, cause);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress("localhost", bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
