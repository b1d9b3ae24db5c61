package io.daybook.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The directory that a run leaves: {@code README.md}, {@code results.json} and the plots. */
final class Report {
    private static final String HOW_TO_READ = """
            Each figure is the median of the rounds, with the lowest and the highest in brackets. The ratio is Daybook /
            Kafka, or where the unit is a share of what the machine can do, Daybook's share. In `results.json` the spread of
            a row is (highest − lowest) / median of the ratios of the rounds.

            How it is measured:

            - CPU is user and system time of the broker's whole process, read from outside; memory is its resident set.
              Wall times on a machine that others use are noise to some degree: look at the spread.
            - The brokers take turns, and who is first alternates. Each load comes after a warm-up of its own kind, a fifth
              of its size; before the first of produce and of latency, a whole load comes too. The clients are those of
              Apache Kafka in one process that has run all of it against a broker that is thrown away; where a row says
              *raw*, a client that neither makes nor opens batches.
            - The loads of a round are one broker's, in the order of the table; those next to the machine's limits are another's.
              All that one of them writes has room in memory.
            - Every record carries its partition, its number there and a checksum. Each acknowledged offset is checked, and
              what is read back must be whole, in order, without gap or repetition. A run with a wrong result fails.
            - Files hold page cache for what the loads are going to write and are cut piece by piece meanwhile.
              Otherwise, in a virtual machine whose host takes back free memory, the first touch of a page costs the broker
              up to 4 CPU seconds a gigabyte and milliseconds at a time, which is more than its own work.
            - The many partitions are measured in the first round only: one of the brokers takes minutes for them.
            - Latency counts from when a record was due, not from when the producer got round to it. Each percentile of a
              round is the median of those of four windows of equal length, for both brokers alike: it tells what
              happens in most windows, not the worst stall of the machine. [latency.md](latency.md) takes it apart.
            - What the clients, the loopback and the scheduler take of it is measured once a round, by the same load against a
              process that only keeps the records in memory, and the same with a sync before it answers: the last rows of
              the machine's table.

            Beside the tables: [misses.md](misses.md) on the goals that were not reached, [fetch.md](fetch.md) on a fetch by one
            consumer, [scale.md](scale.md) on 100,000 partitions and 10,000 connections, [micro.md](micro.md) on the hot paths
            alone.
            """;

    private final Table table;
    private final Map<String, String> circumstances;

    Report(Table table, Map<String, String> circumstances) {
        this.table = table;
        this.circumstances = Map.copyOf(circumstances);
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        String plots = new Plots(table, directory).write();
        StringBuilder text = new StringBuilder("# Daybook beside Apache Kafka\n\n");
        Stream.of("command", "machine", "Java of both", "Daybook", "Apache Kafka", "load")
                .forEach(key -> text.append("- ")
                        .append(key)
                        .append(": ")
                        .append(circumstances.get(key))
                        .append('\n'));
        text.append('\n').append(HOW_TO_READ).append('\n').append(table.comparison());
        text.append("\n## Plots\n\n").append(plots);
        text.append("## The machine\n\nWhat no broker can exceed here, measured in every round.\n\n");
        text.append(table.limits());
        Files.writeString(directory.resolve("README.md"), text.toString());
        Files.writeString(directory.resolve("results.json"), table.json());
    }
}
