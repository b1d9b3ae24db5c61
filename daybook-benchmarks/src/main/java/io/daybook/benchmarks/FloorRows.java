package io.daybook.benchmarks;

import io.daybook.benchmarks.Contestant.Setup;
import io.daybook.benchmarks.Sample.Row;
import io.daybook.benchmarks.floor.FloorBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What {@link LatencyRows} would show for a broker that does next to nothing: the share of the clients, the loopback and
 * the scheduler, and with a drive also that of a sync and of handing it to another thread.
 */
final class FloorRows {
    /** A record with all that goes with it, in a batch of its own. */
    private static final int RECORD_BYTES = Payload.BYTES + 256;

    private static final int SPARE_BYTES = 16 << 20;
    private static final int RATE_OF_WARM_UP = 10_000;
    /** No heap grows while it is measured, and a collection comes every few seconds and finds next to nothing. */
    private static final List<String> FLAGS =
            List.of("-Xms256m", "-Xmx256m", "-Xmn192m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch");

    private final Setup setup;
    private final Figures figures;
    private final int seconds;
    private final int capacityBytes;

    FloorRows(Setup setup, Volume volume, Figures figures) {
        this.setup = setup;
        this.figures = figures;
        this.seconds = volume.latencySeconds();
        int records = Arrays.stream(LatencyRows.RATES).sum() * seconds + RATE_OF_WARM_UP * warmUpSeconds();
        this.capacityBytes = records * RECORD_BYTES + SPARE_BYTES;
    }

    void measure() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(setup.workDirectory(), "floor");
        measure(directory, "", Optional.empty());
        measure(directory, ", fdatasync before the answer", Optional.of(directory.resolve("records")));
        Place.delete(directory);
    }

    private void measure(Path directory, String name, Optional<Path> file) throws IOException, InterruptedException {
        int port = Place.freePort();
        try (BrokerProcess broker =
                BrokerProcess.start(command(port, file), Map.of(), port, directory.resolve("broker.log"))) {
            broker.awaitPort();
            Clients clients = new Clients(broker.bootstrapServers());
            endToEnd(clients, RATE_OF_WARM_UP, warmUpSeconds(), "warm");
            for (int rate : LatencyRows.RATES) {
                Subject.settle();
                List<Histogram> windows = endToEnd(clients, rate, seconds, "floor-" + rate);
                String row = "end to end at " + rate + " records/s against a broker that only keeps records in memory"
                        + name;
                LatencyRows.add(figures, windows, percentile -> Row.limit(row + ", " + percentile, "ms"));
            }
        }
    }

    private int warmUpSeconds() {
        return (int) Volume.warmUp(seconds);
    }

    /** It writes into pages that it has taken before: nothing has to be kept at hand for it. */
    private static List<Histogram> endToEnd(Clients clients, int rate, int seconds, String topic)
            throws InterruptedException {
        return new EndToEnd(clients, rate, seconds, bytes -> {}).measure(topic);
    }

    private List<String> command(int port, Optional<Path> file) {
        List<String> command = new ArrayList<>();
        command.add(setup.javaHome().resolve("bin/java").toString());
        command.addAll(FLAGS);
        command.add("-XX:MaxDirectMemorySize=" + 2L * capacityBytes);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FloorBroker.class.getName()));
        command.addAll(List.of(Integer.toString(port), Integer.toString(capacityBytes)));
        file.ifPresent(path -> command.add(path.toString()));
        return command;
    }
}
