package io.daybook.benchmarks;

import io.daybook.benchmarks.Contestant.Setup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A directory and a port where one broker runs, and may run again. Leaves nothing behind. */
final class Place implements AutoCloseable {
    private final Setup setup;
    private final Contestant contestant;
    private final Path directory;
    private final int port;

    private Place(Setup setup, Contestant contestant, Path directory, int port) {
        this.setup = setup;
        this.contestant = contestant;
        this.directory = directory;
        this.port = port;
    }

    /** A new directory in which the broker can be started. */
    static Place prepare(Setup setup, Contestant contestant) throws IOException, InterruptedException {
        String prefix = contestant.name().toLowerCase(Locale.ROOT);
        Path directory = Files.createTempDirectory(setup.workDirectory(), prefix);
        Place place = new Place(setup, contestant, directory, freePort());
        contestant.prepare(setup, directory, place.port);
        return place;
    }

    /** Starts the broker; again on the same data when it ran before. */
    BrokerProcess start() throws IOException {
        return contestant.start(setup, directory, port);
    }

    @Override
    public void close() throws IOException {
        delete(directory);
    }

    static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(directory)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    /** A port that is free now, and so is the next one, which Kafka's controller takes. */
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket second =
                            new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
                return second.getLocalPort() - 1;
            } catch (IOException taken) {
                if (Thread.interrupted()) {
                    throw taken;
                }
            }
        }
    }
}
