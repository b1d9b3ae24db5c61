package io.daybook.benchmarks.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server under the load, looked at from outside: {@code /proc} and {@code jcmd}. */
final class SoakServer implements AutoCloseable {
    private static final Pattern READY = Pattern.compile(".* ready on \\S+:(\\d+) in .*");
    private static final double MIB = 1 << 20;
    private static final long STOP_TIMEOUT_S = 60;

    private final Process process;
    private final int port;

    private SoakServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the checkout's server; waits until it is ready. */
    static SoakServer start(Path home, Path data) throws IOException {
        Process process = new ProcessBuilder(
                        home.resolve("daybook").toString(),
                        "server",
                        "--data",
                        data.toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--set",
                        "log.retention.check.interval.ms=5000",
                        "--set",
                        "daybook.delete.retention.ms=10000")
                .redirectError(data.resolveSibling("server.log").toFile())
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return new SoakServer(process, Integer.parseInt(ready.group(1)));
            }
        }
        throw new IOException("the server ended before it was ready; see " + data.resolveSibling("server.log"));
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** What it holds now, after a collection. */
    SoakSample sample(double recordsPerSecond) throws IOException, InterruptedException {
        return new SoakSample(recordsPerSecond, heapBytes() / MIB, rssMib(), openFiles());
    }

    /** The histogram is one of the living, and so begins with a collection. */
    private long heapBytes() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process histogram = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram").start();
        List<String> lines =
                histogram.inputReader(StandardCharsets.UTF_8).lines().toList();
        histogram.waitFor();
        return lines.stream()
                .filter(line -> line.startsWith("Total"))
                .mapToLong(line -> Long.parseLong(line.strip().split("\\s+")[2]))
                .findFirst()
                .orElseThrow(() -> new IOException("jcmd tells no total: " + lines));
    }

    private double rssMib() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                    .findFirst()
                    .orElse(-1);
        }
    }

    private long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return files.count();
        }
    }

    /** Stops it in order; the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
