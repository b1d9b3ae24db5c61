package io.daybook.sim;

import io.daybook.runtime.Disk;
import io.daybook.sim.disk.PlantedBug;
import io.daybook.sim.log.LogSimulation;
import io.daybook.sim.log.SimulationResult;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.UnaryOperator;

/**
 * Runs simulations from the command line: {@code --seed N} replays one and says what happened; {@code --from N --count M}
 * runs many and prints the command that replays each one that fails. {@code --bug NAME} plants a {@link PlantedBug}.
 */
public final class SimulationRun {
    private static final int TRACED_LINES = 20_000;

    private SimulationRun() {}

    /** Exit code 0 if everything held, 1 if not, 2 if the arguments make no sense. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out));
    }

    private static int run(String[] arguments, PrintStream out) {
        long seed = -1;
        long from = 1;
        long count = 1000;
        UnaryOperator<Disk> planted = UnaryOperator.identity();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--seed" -> seed = Long.parseLong(value);
                case "--from" -> from = Long.parseLong(value);
                case "--count" -> count = Long.parseLong(value);
                case "--bug" -> planted = PlantedBug.valueOf(value);
                default -> {
                    out.println(
                            "unknown option " + arguments[i] + "; there are --seed N, --from N, --count N, --bug NAME");
                    return 2;
                }
            }
        }
        return seed >= 0 ? replay(seed, planted, out) : campaign(from, count, planted, out);
    }

    private static int replay(long seed, UnaryOperator<Disk> planted, PrintStream out) {
        SimulationResult result = LogSimulation.run(seed, planted, TRACED_LINES);
        result.lastEvents().forEach(out::println);
        out.println(
                "seed " + seed + ": " + result.eventCount() + " events, trace " + Long.toHexString(result.traceHash()));
        result.failure()
                .ifPresentOrElse(failure -> out.println(describe(failure)), () -> out.println("everything held"));
        return result.failure().isPresent() ? 1 : 0;
    }

    private static int campaign(long from, long count, UnaryOperator<Disk> planted, PrintStream out) {
        long failed = 0;
        long events = 0;
        for (long seed = from; seed < from + count; seed++) {
            SimulationResult result = LogSimulation.run(seed, planted, 0);
            events += result.eventCount();
            if (result.failure().isPresent()) {
                failed++;
                out.println(
                        "seed " + seed + " failed: " + result.failure().get().getMessage());
                out.println("    replay: " + replayCommand(seed));
            }
        }
        out.println(count + " seeds, " + failed + " failed, " + events + " events");
        return failed > 0 ? 1 : 0;
    }

    /** What to type to see a seed again. */
    public static String replayCommand(long seed) {
        return "daybook-sim/run --seed " + seed;
    }

    private static String describe(SimulationFailure failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
