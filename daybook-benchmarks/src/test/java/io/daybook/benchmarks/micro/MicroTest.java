package io.daybook.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class MicroTest {
    @Test
    void everyHotPathRunsAndHasItsRowInTheReport() throws Exception {
        Collection<RunResult> results = runEachBriefly();

        assertThat(names(results))
                .containsExactlyInAnyOrder(
                        "BatchCheck.check",
                        "BatchCheck.checksumAlone",
                        "FetchWrite.daybook",
                        "FetchWrite.kafka",
                        "Inbox.roundTrip",
                        "Inbox.stream",
                        "LogRead.find",
                        "MemoryCopy.copy",
                        "ProduceRead.daybook",
                        "ProduceRead.kafka");
        String report = new MicroReport(results, results).text();
        assertThat(report.lines().filter(line -> line.contains("ns/op")).count())
                .isEqualTo(results.size());
        assertThat(report).contains("| BatchCheck.check | batchAndValueBytes=16384/1024 | ns/op | ");
    }

    private static Collection<RunResult> runEachBriefly() throws RunnerException {
        // a measurement may run on the machine at the same time
        System.setProperty("jmh.ignoreLock", "true");
        return new Runner(new OptionsBuilder()
                        .include(MicroTest.class.getPackageName().replace(".", "\\."))
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    private static Set<String> names(Collection<RunResult> results) {
        return results.stream()
                .map(result -> result.getParams().getBenchmark())
                .map(name -> name.substring(MicroTest.class.getPackageName().length() + 1))
                .map(name -> name.replace("Benchmark", ""))
                .collect(Collectors.toSet());
    }
}
