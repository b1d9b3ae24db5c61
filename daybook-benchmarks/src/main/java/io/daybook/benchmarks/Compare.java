package io.daybook.benchmarks;

import io.daybook.benchmarks.Contestant.Setup;
import io.daybook.benchmarks.Round.Volume;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * {@code bench/compare [--short] [--rounds N] [--work DIR] [--out DIR]}: both brokers in turns, and a table. Fails if a
 * record is lost or out of order, never on a figure.
 */
public final class Compare {
    private static final int FULL_ROUNDS = 3;

    private final Path home;
    private boolean isShort;
    private int rounds = FULL_ROUNDS;
    private Path out;
    private Path work;

    private Compare(Path home) {
        this.home = home;
        this.out = home.resolve("docs/benchmarks");
        this.work = Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** See the class. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Compare compare =
                new Compare(Path.of(System.getProperty("daybook.home", ".")).toAbsolutePath());
        compare.parse(args);
        compare.run();
    }

    private void parse(String[] args) {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--short" -> {
                    isShort = true;
                    rounds = 1;
                }
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "--out" -> out = Path.of(args[++i]);
                case "--work" -> work = Path.of(args[++i]);
                default ->
                    throw new IllegalArgumentException("unknown argument " + args[i]
                            + "; usage: bench/compare [--short] [--rounds N] [--work DIR] [--out DIR]");
            }
        }
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        Path javaHome = Path.of(System.getProperty("java.home"));
        String kafkaClassPath = Files.readString(home.resolve("daybook-benchmarks/target/kafka.classpath"))
                .strip();
        Setup setup = new Setup(home, javaHome, kafkaClassPath, Files.createDirectories(work));
        Volume volume = isShort ? Volume.SHORT : Volume.FULL;
        Table table = new Table(circumstances(volume));
        for (int round = 1; round <= rounds; round++) {
            for (Contestant contestant : Contestant.values()) {
                System.err.println("round " + round + " of " + rounds + ": " + contestant);
                table.add(contestant, new Round(setup, contestant, volume, freePort()).run());
            }
        }
        Files.createDirectories(out);
        Files.writeString(out.resolve("README.md"), table.markdown());
        Files.writeString(out.resolve("results.json"), table.json());
        System.out.println(table.markdown());
    }

    private Map<String, String> circumstances(Volume volume) throws IOException {
        Map<String, String> circumstances = new LinkedHashMap<>();
        circumstances.put("command", "bench/compare" + (isShort ? " --short" : "") + " --rounds " + rounds);
        circumstances.put(
                "machine",
                Runtime.getRuntime().availableProcessors() + " processors (" + cpuModel() + "), Linux "
                        + System.getProperty("os.version") + ", shared with others");
        circumstances.put("Java of both", System.getProperty("java.vm.name") + " " + Runtime.version());
        circumstances.put("Daybook", "0.1.0, flags of its launcher, fsync before the ack unless a row says otherwise");
        circumstances.put("Apache Kafka", "4.3.1, one node (KRaft), flags of its scripts, no fsync (its default)");
        circumstances.put(
                "load",
                volume.produceBytes() / 1_000_000
                        + " MB a throughput row in records of 1 KiB over 16 partitions, clients"
                        + " kafka-clients 4.3.1 in one process, on the same machine");
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
