package io.daybook.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A broker that runs as a process of its own and is measured from outside (Linux's {@code /proc}). For one thread. */
final class BrokerProcess implements AutoCloseable {
    private static final double CLOCK_TICKS_PER_SECOND = 100.0;
    private static final int UTIME_FIELD = 11;
    private static final int STIME_FIELD = 12;
    private static final long POLL_MS = 1;
    /** After so long a wait, each look is that much rarer: looking takes processor time from the broker. */
    private static final long WAITED_PER_POLL = 200;
    /** With 10,000 partitions Kafka needs minutes for each. */
    private static final long START_TIMEOUT_S = 400;

    private static final long STOP_TIMEOUT_S = 300;

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    private final Process process;
    private final int port;
    private final Path log;
    private final long startedNanos;

    private BrokerProcess(Process process, int port, Path log, long startedNanos) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.startedNanos = startedNanos;
    }

    /** Starts the command, and returns at once. What it prints goes to {@code log}. */
    static BrokerProcess start(List<String> command, Map<String, String> environment, int port, Path log)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        long startedNanos = System.nanoTime();
        Process process = builder.start();
        RUNNING.add(process);
        return new BrokerProcess(process, port, log, startedNanos);
    }

    /** A run that is interrupted leaves no broker behind. */
    static void killAllAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    long startedNanos() {
        return startedNanos;
    }

    /** Waits until somebody accepts connections. */
    void awaitPort() throws IOException, InterruptedException {
        long beginNanos = System.nanoTime();
        long deadlineNanos = beginNanos + TimeUnit.SECONDS.toNanos(START_TIMEOUT_S);
        while (System.nanoTime() < deadlineNanos) {
            if (!process.isAlive()) {
                throw new IOException("the broker ended with " + process.exitValue() + ": " + tail());
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
                return;
            } catch (IOException notYet) {
                long waitedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
                Thread.sleep(Math.max(POLL_MS, waitedMs / WAITED_PER_POLL));
            }
        }
        throw new IOException("nobody listens on port " + port + " after " + START_TIMEOUT_S + " s: " + tail());
    }

    /** User and system time of the whole process so far. */
    double cpuSeconds() {
        String stat = read("stat");
        // The command's name is in brackets and may hold blanks; the fields are counted behind it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME_FIELD]) + Long.parseLong(fields[STIME_FIELD])) / CLOCK_TICKS_PER_SECOND;
    }

    /** Resident memory now, in MiB. */
    double rssMib() {
        for (String line : read("status").split("\n")) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        throw new IllegalStateException("/proc tells no VmRSS");
    }

    /** The threads of the process. */
    int threads() {
        for (String line : read("status").split("\n")) {
            if (line.startsWith("Threads:")) {
                return Integer.parseInt(line.replaceAll("\\D", ""));
            }
        }
        throw new IllegalStateException("/proc tells no Threads");
    }

    /** Ends the process without a word to it: what {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS);
        RUNNING.remove(process);
    }

    /** Stops it in order (SIGTERM). */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                System.err.println("a broker did not stop within " + STOP_TIMEOUT_S + " s and was killed");
            }
            RUNNING.remove(process);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException("the broker is gone: " + tail(), e);
        }
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return "and it left no log (" + e.getMessage() + ")";
        }
    }
}
