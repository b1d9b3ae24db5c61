package io.daybook.cli;

import io.daybook.cli.output.Format;
import picocli.CommandLine.Option;

/** How data is printed. */
public final class OutputOption {
    private final Session session;

    /** Fills {@code session}. */
    public OutputOption(Session session) {
        this.session = session;
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: table.")
    void format(Format chosen) {
        session.format(chosen);
    }
}
