package io.daybook.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs the load for so many minutes and takes a sample each ten seconds. Ends with 1 if a record was lost or out of order
 * or, but for {@code --short}, if something drifts.
 */
public final class Soak {
    private static final long SAMPLE_MS = 10_000;
    private static final int DEFAULT_MINUTES = 20;
    private static final int SHORT_SECONDS = 40;
    /** Before them the compilers are at work and retention has nothing to delete. */
    private static final int WARM_UP_SAMPLES = 12;

    private static final long DRAIN_TIMEOUT_S = 60;

    private final boolean isShort;
    private final long seconds;
    private final List<SoakSample> samples = new ArrayList<>();
    private final SequenceCheck check = new SequenceCheck();

    private Soak(boolean isShort, long seconds) {
        this.isShort = isShort;
        this.seconds = seconds;
    }

    /** {@code [--short] [--minutes N]}; the property {@code daybook.home} is the checkout. */
    public static void main(String[] arguments) throws Exception {
        boolean isShort = false;
        long seconds = TimeUnit.MINUTES.toSeconds(DEFAULT_MINUTES);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--short")) {
                isShort = true;
                seconds = SHORT_SECONDS;
            } else if (arguments[i].equals("--minutes") && i + 1 < arguments.length) {
                seconds = TimeUnit.MINUTES.toSeconds(Long.parseLong(arguments[++i]));
            } else {
                System.err.println("usage: bench/soak [--short] [--minutes N]");
                System.exit(2);
            }
        }
        Path work = Files.createTempDirectory("daybook-soak");
        System.exit(new Soak(isShort, seconds).run(Path.of(System.getProperty("daybook.home", ".")), work));
    }

    private int run(Path home, Path work) throws IOException, InterruptedException, ExecutionException {
        try (SoakServer server = SoakServer.start(home, work.resolve("data"))) {
            try (SoakLoad load = new SoakLoad(server.bootstrapServers(), check)) {
                load.start();
                watch(server);
                load.stopProducing();
                drain();
            }
            int exitCode = server.stop();
            if (exitCode != 0) {
                check.fault("the server ended with " + exitCode);
            }
        }
        return judge(work);
    }

    private void watch(SoakServer server) throws IOException, InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long lastNanos = System.nanoTime();
        long lastCount = check.readCount();
        while (System.nanoTime() < endNanos && check.firstFault().isEmpty()) {
            Thread.sleep(SAMPLE_MS);
            long nowNanos = System.nanoTime();
            long count = check.readCount();
            double sinceLast = (nowNanos - lastNanos) / 1e9;
            SoakSample sample = server.sample((count - lastCount) / sinceLast);
            lastNanos = nowNanos;
            lastCount = count;
            samples.add(sample);
            System.out.println(sample);
        }
    }

    private void drain() throws InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_TIMEOUT_S);
        while (!check.isComplete()) {
            if (System.nanoTime() > endNanos) {
                check.fault("acknowledged records were not read within " + DRAIN_TIMEOUT_S + " s");
                return;
            }
            Thread.sleep(100);
        }
    }

    private int judge(Path work) throws IOException {
        if (!check.firstFault().isEmpty()) {
            System.out.println("WRONG: " + check.firstFault() + " (see " + work + ")");
            return 1;
        }
        System.out.println(check.readCount() + " records, each once and in its order");
        if (samples.size() <= 2 * WARM_UP_SAMPLES) {
            System.out.println("too short to tell a drift");
            deleteTree(work);
            return 0;
        }
        String drift = SoakSample.drift(samples.subList(WARM_UP_SAMPLES, samples.size()));
        System.out.print(drift.isEmpty() ? "no drift\n" : "DRIFT:\n" + drift);
        deleteTree(work);
        return drift.isEmpty() || isShort ? 0 : 1;
    }

    private static void deleteTree(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            for (Path each : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(each);
            }
        }
    }
}
