package io.daybook.sim;

import org.jspecify.annotations.Nullable;

/** What a simulation found: something that must hold does not. */
public final class SimulationFailure extends RuntimeException {
    /** With what was expected and what was seen. */
    public SimulationFailure(String message) {
        super(message);
    }

    /** Likewise, with the exception that nobody handled. */
    public SimulationFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
