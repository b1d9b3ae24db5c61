package io.daybook.cli;

import org.jspecify.annotations.Nullable;

/** A command cannot go on. Carries what was wrong and where, what to type instead, and how the process ends. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final @Nullable String hint;

    /** Without a hint: there is nothing better to type. */
    public CommandException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /**
     * With a hint.
     *
     * @param message what was wrong and where; one sentence without a full stop
     * @param hint a command line or an option that helps
     */
    public CommandException(ExitCode exitCode, String message, @Nullable String hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    /** How the process ends. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** What to type, if something helps. */
    public @Nullable String hint() {
        return hint;
    }
}
