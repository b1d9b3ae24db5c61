package io.daybook.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The figures of both compilers in one table, in Markdown. */
final class MicroReport {
    private static final String HOW_TO_READ = """
            What the hot paths cost by themselves, without sockets and disks. A figure is the mean and half the width of its
            99.9 % confidence interval; bytes are what an operation allocates on the heap. *Quick* is the compiler that the
            launcher asks for (`-XX:TieredStopAtLevel=1`), *full* what the JVM does by itself (`DAYBOOK_JIT=full`). The
            short runs tell orders of magnitude and who is ahead, not a few per cent.

            - `BatchCheck`: what a produced batch goes through before it is appended, beside CRC32C of the same bytes.
            - `ProduceRead`, `FetchWrite`: the codec beside Kafka's own classes on the same bytes, 16 partitions. A response
              with 0 bytes of records is the message alone, as it is when the records go from the file to the socket.
            - `LogRead`: from an offset to where its batch lies, through an index of 10,000 entries.
            - `Inbox`: from another thread into a shard's inbox and its turn: one of a thousand tasks in a row, or one alone
              and back, which is mostly the operating system waking two threads.
            - `MemoryCopy`: the unit in which to think of the others.

            """;
    private static final String ALLOCATED_BYTES = "gc.alloc.rate.norm";

    private final Map<String, RunResult> quick;
    private final Map<String, RunResult> full;

    MicroReport(Collection<RunResult> quick, Collection<RunResult> full) {
        this.quick = byName(quick);
        this.full = byName(full);
    }

    String text() throws IOException {
        StringBuilder text = new StringBuilder("# The hot paths alone\n\n").append(HOW_TO_READ);
        text.append("- command: `bench/micro`\n");
        text.append(String.format(
                Locale.ROOT,
                "- machine: %d processors (%s), %s %s, shared with others%n",
                Runtime.getRuntime().availableProcessors(),
                cpuModel(),
                System.getProperty("os.name"),
                System.getProperty("os.version")));
        quick.values().stream().limit(1).forEach(result -> text.append(circumstances(result.getParams())));
        text.append("\n| what | parameters | unit | quick | quick, bytes | full | full, bytes |\n");
        text.append("|---|---|---|--:|--:|--:|--:|\n");
        quick.forEach((name, result) -> {
            RunResult other = full.getOrDefault(name, result);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %s |%n",
                    what(result.getParams()),
                    parameters(result.getParams()),
                    result.getPrimaryResult().getScoreUnit(),
                    figure(result),
                    allocated(result),
                    figure(other),
                    allocated(other)));
        });
        return text.toString();
    }

    private static Map<String, RunResult> byName(Collection<RunResult> results) {
        Map<String, RunResult> named = new LinkedHashMap<>();
        results.forEach(result -> named.put(what(result.getParams()) + ' ' + parameters(result.getParams()), result));
        return named;
    }

    private static String circumstances(BenchmarkParams params) {
        return String.format(
                Locale.ROOT,
                "- Java: %s %s, `-XX:+UseSerialGC`%n- JMH %s: %d fork, warm-up %d × %s, measured %d × %s%n",
                params.getVmName(),
                params.getVmVersion(),
                params.getJmhVersion(),
                params.getForks(),
                params.getWarmup().getCount(),
                params.getWarmup().getTime(),
                params.getMeasurement().getCount(),
                params.getMeasurement().getTime());
    }

    /** Class and method, without the package. */
    private static String what(BenchmarkParams params) {
        String[] parts = params.getBenchmark().split("\\.");
        return parts[parts.length - 2].replace("Benchmark", "") + '.' + parts[parts.length - 1];
    }

    private static String parameters(BenchmarkParams params) {
        return params.getParamsKeys().stream()
                .map(key -> key + '=' + params.getParam(key))
                .collect(Collectors.joining(", "));
    }

    private static String figure(RunResult result) {
        Result<?> primary = result.getPrimaryResult();
        String score = number(primary.getScore());
        return Double.isNaN(primary.getScoreError()) ? score : score + " ± " + number(primary.getScoreError());
    }

    private static String allocated(RunResult result) {
        Result<?> bytes = result.getSecondaryResults().get(ALLOCATED_BYTES);
        return bytes == null ? "-" : String.format(Locale.ROOT, "%,.0f", bytes.getScore());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String cpuModel() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        if (!Files.exists(cpus)) {
            return System.getProperty("os.arch");
        }
        try (Stream<String> lines = Files.lines(cpus)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
