package io.daybook.benchmarks.floor;

import io.daybook.base.wire.MalformedMessageException;
import io.daybook.benchmarks.floor.FloorLog.End;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A broker that does the least that any can: one thread, one partition in memory, just enough of Kafka's protocol for a
 * producer and a consumer without a group. An answer leaves in the turn in which its request came, and so does that to a
 * fetch that has waited for the record. With a file, neither leaves before the batch was written and synced there by a
 * second thread.
 *
 * <p>Nothing of it is for use: it forgets all when it ends, and knows no error from which a client could go on.
 */
public final class FloorBroker implements AutoCloseable {
    /** How late a fetch may be answered that has waited in vain. */
    private static final long POLL_MS = 100;

    private final FloorLog log;
    private final Optional<FloorDrive> drive;
    private final FloorApis apis;
    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final List<FloorConnection> connections = new ArrayList<>();
    private volatile boolean isClosed;

    private interface Step {
        void run() throws IOException;
    }

    /** Listens on the loopback; port 0 is any that is free. Whether it syncs depends on whether there is a file. */
    public FloorBroker(int port, int capacityBytes, Optional<Path> file) throws IOException {
        log = new FloorLog(capacityBytes);
        drive = file.isPresent()
                ? Optional.of(FloorDrive.open(file.get(), log.memory(), selector::wakeup))
                : Optional.empty();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        apis = new FloorApis(log, this::visible, port());
    }

    /** Port, memory in bytes, and the file if there is one. */
    public static void main(String[] args) throws IOException {
        Optional<Path> file = args.length > 2 ? Optional.of(Path.of(args[2])) : Optional.empty();
        new FloorBroker(Integer.parseInt(args[0]), Integer.parseInt(args[1]), file).run();
    }

    /** Where it listens. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** Serves until it is closed. */
    public void run() throws IOException {
        while (!isClosed) {
            selector.select(this::serve, POLL_MS);
            drive.ifPresent(each -> each.sync(log.end()));
            long nowNanos = System.nanoTime();
            connections.forEach(connection -> guarded(connection, () -> connection.answer(nowNanos)));
            connections.removeIf(connection -> !connection.isOpen());
        }
        for (FloorConnection connection : connections) {
            connection.close();
        }
        listener.close();
        selector.close();
        drive.ifPresent(FloorDrive::close);
    }

    /** From any thread: {@link #run} ends. */
    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
    }

    /** What is in memory, or on the drive where there is one. */
    private End visible() {
        End end = drive.map(FloorDrive::synced).orElseGet(log::end);
        return end.position() > log.start().position() ? end : log.start();
    }

    private void serve(SelectionKey key) {
        if (key.attachment() instanceof FloorConnection connection) {
            if (key.isReadable()) {
                guarded(connection, connection::read);
            }
        } else {
            accept();
        }
    }

    /** Who sends what is not served here is told nothing and cut off; the others go on. */
    private static void guarded(FloorConnection connection, Step step) {
        if (!connection.isOpen()) {
            return;
        }
        try {
            step.run();
        } catch (IOException | IllegalArgumentException | MalformedMessageException e) {
            System.err.println("a connection is closed: " + e);
            connection.close();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listener.accept();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            FloorConnection connection = new FloorConnection(key, apis);
            key.attach(connection);
            connections.add(connection);
        } catch (IOException e) {
            System.err.println("a connection was not accepted: " + e);
        }
    }
}
