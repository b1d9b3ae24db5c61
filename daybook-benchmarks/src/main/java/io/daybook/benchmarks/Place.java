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
    private final Reserve reserve;

    private Place(Setup setup, Contestant contestant, Path directory, int port, Reserve reserve) {
        this.setup = setup;
        this.contestant = contestant;
        this.directory = directory;
        this.port = port;
        this.reserve = reserve;
    }

    /** A new directory in which the broker can be started. */
    static Place prepare(Setup setup, Contestant contestant, Reserve reserve) throws IOException, InterruptedException {
        String prefix = contestant.name().toLowerCase(Locale.ROOT);
        Path directory = Files.createTempDirectory(setup.workDirectory(), prefix);
        Place place = new Place(setup, contestant, directory, freePort(), reserve);
        contestant.prepare(setup, directory, place.port);
        return place;
    }

    /** Starts the broker; again on the same data when it ran before. */
    BrokerProcess start() throws IOException {
        return contestant.start(setup, directory, port);
    }

    /** Deletes the data, file by file, and has the reserve take the memory it held in the page cache. */
    @Override
    public void close() throws IOException {
        for (Path each : contents(directory)) {
            long bytes = Files.isRegularFile(each) ? Files.size(each) : 0;
            Files.deleteIfExists(each);
            reserve.fill(bytes);
        }
    }

    static void delete(Path directory) throws IOException {
        for (Path each : contents(directory)) {
            Files.deleteIfExists(each);
        }
    }

    private static List<Path> contents(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.sorted(Comparator.reverseOrder()).toList();
        }
    }

    /** A port that is free now, and so is the next one, which Kafka's controller takes. */
    static int freePort() throws IOException {
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
