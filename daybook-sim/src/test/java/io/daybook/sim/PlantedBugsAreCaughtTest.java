package io.daybook.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.sim.disk.PlantedBug;
import io.daybook.sim.log.LogSimulation;
import io.daybook.sim.log.SimulationResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which seeds catch which bug is written down in docs/simulation.md. */
class PlantedBugsAreCaughtTest {
    private static final int MAX_SEEDS = 400;

    @ParameterizedTest
    @EnumSource(PlantedBug.class)
    void everyPlantedBugIsCaught(PlantedBug bug) {
        for (long seed = 1; seed <= MAX_SEEDS; seed++) {
            SimulationResult result = LogSimulation.run(seed, bug, 0);
            if (result.failure().isPresent()) {
                System.out.println(bug + " is caught by seed " + seed + ": "
                        + result.failure().get().getMessage());
                return;
            }
        }
        assertThat(bug).as("not caught by %d seeds", MAX_SEEDS).isNull();
    }
}
