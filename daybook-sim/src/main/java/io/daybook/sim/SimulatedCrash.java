package io.daybook.sim;

/** Unwinds what runs when the simulated machine stops. Nobody catches it but the scheduler. */
public final class SimulatedCrash extends Error {
    /** At this operation. */
    public SimulatedCrash(String operation) {
        super("the machine stopped at: " + operation, null, false, false);
    }
}
