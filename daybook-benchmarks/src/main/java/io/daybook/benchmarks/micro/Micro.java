package io.daybook.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * {@code bench/micro [JMH's arguments]}: all of the package's methods under both compilers of the JVM. Without arguments
 * the table goes to {@code docs/benchmarks/micro.md}, with some only to standard output.
 */
public final class Micro {
    /** The server's launcher has the first; {@code DAYBOOK_JIT=full} the second. */
    private static final String[] QUICK = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"};

    private static final String[] FULL = {"-XX:+UseSerialGC"};

    private Micro() {}

    /** See the class. */
    public static void main(String[] args) throws CommandLineOptionException, IOException, RunnerException {
        CommandLineOptions arguments = new CommandLineOptions(args);
        if (arguments.shouldHelp()) {
            arguments.showHelp();
            return;
        }
        if (arguments.shouldList()) {
            new Runner(options(arguments).build()).list();
            return;
        }
        MicroReport report = new MicroReport(run(arguments, QUICK), run(arguments, FULL));
        String text = report.text();
        if (args.length == 0) {
            Path file = Path.of(System.getProperty("daybook.home", "."), "docs", "benchmarks", "micro.md");
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        System.out.println(text);
    }

    private static Collection<RunResult> run(CommandLineOptions arguments, String... jvmFlags) throws RunnerException {
        return new Runner(options(arguments).jvmArgsPrepend(jvmFlags).build()).run();
    }

    /** The arguments, and for what they leave open, a run of all in two minutes. */
    private static ChainedOptionsBuilder options(CommandLineOptions arguments) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .parent(arguments)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .timeUnit(arguments.getTimeUnit().orElse(TimeUnit.NANOSECONDS))
                .forks(arguments.getForkCount().orElse(1))
                .warmupIterations(arguments.getWarmupIterations().orElse(2))
                .warmupTime(arguments.getWarmupTime().orElse(TimeValue.milliseconds(400)))
                .measurementIterations(arguments.getMeasurementIterations().orElse(5))
                .measurementTime(arguments.getMeasurementTime().orElse(TimeValue.milliseconds(200)));
        return arguments.getBenchModes().isEmpty() ? options.mode(Mode.AverageTime) : options;
    }
}
