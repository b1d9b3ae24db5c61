package io.daybook.cli;

/** How a command ended, for scripts. The numbers are part of the command line's contract. */
public enum ExitCode {
    /** All that was asked for was done. */
    OK(0),
    /** It was not done; the message says why. */
    FAILURE(1),
    /** The command line cannot be understood. */
    USAGE(2),
    /** What was named does not exist. */
    NOT_FOUND(3),
    /** The principal may not do that. */
    NOT_AUTHORIZED(4),
    /** No broker answered. */
    UNREACHABLE(5),
    /** It exists already, or is in a state that forbids it. */
    CONFLICT(6),
    /** Some of it was done; the message says what was not. */
    PARTIAL(7);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process's exit status. */
    public int number() {
        return number;
    }
}
