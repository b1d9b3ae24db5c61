package io.daybook.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.sim.log.LogSimulation;
import io.daybook.sim.log.SimulationResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code -Dsim.seeds=N} runs so many seeds, {@code -Dsim.from=S} begins with another. */
class SimulationTest {
    private static final long FROM = Long.getLong("sim.from", 1);
    private static final long SEEDS = Long.getLong("sim.seeds", 4000);

    @Test
    void whatWasPromisedHoldsThroughEveryCrash() {
        List<String> failures = new ArrayList<>();
        for (long seed = FROM; seed < FROM + SEEDS; seed++) {
            SimulationResult result = LogSimulation.run(seed);
            result.failure()
                    .ifPresent(failure -> failures.add(
                            failure.getMessage() + "\n    replay: " + SimulationRun.replayCommand(result.seed())));
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void aSeedGoesTheSameWayEveryTime() {
        for (long seed = 1; seed <= 20; seed++) {
            SimulationResult first = LogSimulation.run(seed);
            SimulationResult again = LogSimulation.run(seed);
            assertThat(again.traceHash()).as("seed %d", seed).isEqualTo(first.traceHash());
            assertThat(again.eventCount()).isEqualTo(first.eventCount());
        }
    }
}
