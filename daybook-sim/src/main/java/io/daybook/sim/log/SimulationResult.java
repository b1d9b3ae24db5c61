package io.daybook.sim.log;

import io.daybook.sim.SimulationFailure;
import io.daybook.sim.Trace;
import java.util.List;
import java.util.Optional;

/**
 * How a simulation ended.
 *
 * @param seed what it followed from
 * @param failure what did not hold, if something did not
 * @param traceHash the same for two runs that went the same way
 * @param eventCount how many tasks and disk operations there were
 * @param lastEvents what happened last, as far as it was kept
 */
public record SimulationResult(
        long seed, Optional<SimulationFailure> failure, long traceHash, long eventCount, List<String> lastEvents) {
    /** Copies the list. */
    public SimulationResult {
        lastEvents = List.copyOf(lastEvents);
    }

    static SimulationResult passed(long seed, Trace trace) {
        return new SimulationResult(seed, Optional.empty(), trace.hash(), trace.count(), trace.lines());
    }

    static SimulationResult failed(long seed, Trace trace, SimulationFailure failure) {
        return new SimulationResult(seed, Optional.of(failure), trace.hash(), trace.count(), trace.lines());
    }
}
