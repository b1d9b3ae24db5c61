package io.daybook.cli.command;

import io.daybook.base.ErrorCode;
import io.daybook.cli.CommandException;
import io.daybook.cli.ExitCode;
import io.daybook.cli.Session;
import io.daybook.cli.client.ProtocolException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What became of each part of a request for several things: prints the refusals to standard error, and knows the exit
 * code for all of them. For one thread.
 */
final class Outcomes {
    private final Session session;
    private int accepted;
    private int refused;
    private ExitCode refusal = ExitCode.OK;

    Outcomes(Session session) {
        this.session = session;
    }

    /** Counts one part; returns whether it was done. */
    boolean accept(short errorCode, String what, @Nullable String detail) {
        return accept(errorCode, what, detail, code -> false);
    }

    /**
     * Counts one part; returns whether it was done just now.
     *
     * @param harmless which errors count as done: what was wanted is the case already
     */
    boolean accept(short errorCode, String what, @Nullable String detail, Predicate<ErrorCode> harmless) {
        ErrorCode code = ErrorCode.of(errorCode);
        if (code.isNone()) {
            accepted++;
            return true;
        }
        if (harmless.test(code)) {
            accepted++;
            return false;
        }
        refused++;
        CommandException failure = new ProtocolException(code, what, detail).asCommandException();
        refusal = refused == 1 || refusal == failure.exitCode() ? failure.exitCode() : ExitCode.FAILURE;
        session.err().println("daybook: " + failure.getMessage());
        if (failure.hint() != null) {
            session.err().println("  try: " + failure.hint());
        }
        return false;
    }

    /** Ok if all was done, {@link ExitCode#PARTIAL} if some was, else what stood in the way. */
    int exitCode() {
        if (refused == 0) {
            return ExitCode.OK.number();
        }
        return (accepted > 0 ? ExitCode.PARTIAL : refusal).number();
    }
}
