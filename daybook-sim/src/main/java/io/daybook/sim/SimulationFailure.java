package io.daybook.sim;

/** What a simulation found: something that must hold does not. */
public final class SimulationFailure extends RuntimeException {
    /** With what was expected and what was seen. */
    public SimulationFailure(String message) {
        super(message);
    }

    /** Likewise, with the exception that nobody handled. */
    public SimulationFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
