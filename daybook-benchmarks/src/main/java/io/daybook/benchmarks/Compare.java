package io.daybook.benchmarks;

import io.daybook.benchmarks.Contestant.Setup;
import io.daybook.benchmarks.Options.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * {@code bench/compare}: both brokers in turns, and a table. Fails if a record is lost, repeated, changed or out of order,
 * never on a figure.
 */
public final class Compare {
    private static final int USAGE_EXIT = 2;

    private final Options options;
    private final Setup setup;
    private final Volume volume;
    private final Reserve reserve;

    private Compare(Options options, Setup setup) throws IOException {
        this.options = options;
        this.setup = setup;
        this.volume = options.isShort() ? Volume.SHORT : Volume.FULL;
        this.reserve = new Reserve(setup.workDirectory().resolve("reserve"));
    }

    /** See the class. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        if (Arrays.asList(args).contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Path home = Path.of(System.getProperty("daybook.home", ".")).toAbsolutePath();
        Options options;
        try {
            options = Options.parse(args, home);
        } catch (IllegalArgumentException e) {
            System.err.println("bench/compare: " + e.getMessage() + "; --help tells more");
            System.exit(USAGE_EXIT);
            return;
        }
        Path work = Files.createTempDirectory(Files.createDirectories(options.work()), "daybook-bench");
        Path javaHome = Path.of(System.getProperty("java.home"));
        String kafkaClassPath = Files.readString(home.resolve("daybook-benchmarks/target/kafka.classpath"))
                .strip();
        BrokerProcess.killAllAtExit();
        try {
            new Compare(options, new Setup(home, javaHome, kafkaClassPath, work)).run();
        } finally {
            Place.delete(work);
        }
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        if (!options.isShort()) {
            warmClients();
        }
        Table table = new Table();
        if (!options.isShort()) {
            reserve.target(volume.writtenBytes(options.groups()));
        }
        for (int round = 1; round <= options.rounds(); round++) {
            // Whoever is second finds a drive and a processor that the first has used.
            List<Contestant> order = round % 2 == 1
                    ? List.of(Contestant.DAYBOOK, Contestant.KAFKA)
                    : List.of(Contestant.KAFKA, Contestant.DAYBOOK);
            for (Contestant contestant : order) {
                System.err.println("round " + round + " of " + options.rounds() + ": " + contestant);
                Figures figures = new Figures(contestant, false);
                new Round(setup, contestant, volume, figures, reserve).run(groupsOf(round));
                table.add(contestant, figures.samples());
            }
            // each time: a run that is interrupted leaves what it has, and says so
            new Report(table, circumstances(round)).write(options.out());
        }
        System.out.println(table.comparison());
    }

    /** Kafka needs minutes for the many partitions: once is enough beside the other groups, and the table says so. */
    private Set<Group> groupsOf(int round) {
        Set<Group> groups = EnumSet.copyOf(options.groups());
        if (round > 1 && groups.size() > 1) {
            groups.remove(Group.PARTITIONS);
        }
        return groups;
    }

    /** Runs the clients' code against a broker that is thrown away: what is measured later is the brokers. */
    private void warmClients() throws IOException, InterruptedException, ExecutionException {
        System.err.println("warming the clients");
        new Round(setup, Contestant.DAYBOOK, Volume.WARM_UP, new Figures(Contestant.DAYBOOK, true), reserve)
                .run(options.groups());
    }

    private Map<String, String> circumstances(int rounds) throws IOException {
        Map<String, String> circumstances = new LinkedHashMap<>();
        String interrupted = rounds == options.rounds()
                ? ""
                : ", interrupted after " + rounds + (rounds == 1 ? " round" : " rounds");
        circumstances.put("command", "`" + options.command() + "`" + interrupted);
        circumstances.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors (" + cpuModel() + "), Linux "
                        + System.getProperty("os.version") + ", shared with others");
        circumstances.put("Java of both", System.getProperty("java.vm.name") + " " + Runtime.version());
        circumstances.put("Daybook", "0.1.0, flags of its launcher, fsync before the ack unless a row says otherwise");
        circumstances.put("Apache Kafka", "4.3.1, one node (KRaft), flags of its scripts, no fsync (its default)");
        circumstances.put(
                "load",
                volume.produceBytes() / 1_000_000 + " MB a produce row, "
                        + volume.fetchTopicBytes() * volume.fetchPasses() / 1_000_000
                        + " MB a fetch row in records of 1 KiB over 16 partitions, " + volume.singleRecords()
                        + " single records, " + volume.latencySeconds()
                        + " s a latency row; each after a warm-up of a fifth; clients kafka-clients 4.3.1 in one warm"
                        + " process, on the same machine");
        return circumstances;
    }

    private static String cpuModel() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
