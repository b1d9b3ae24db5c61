package io.daybook.cli.command;

import io.daybook.cli.GlobalOptions;
import io.daybook.cli.OutputOption;
import io.daybook.cli.Session;
import picocli.CommandLine.Mixin;

/** What commands have in common that ask the cluster and print a report: the session, and the options that fill it. */
abstract class ReportingCommand {
    /** What the options say, and what follows from it. */
    protected final Session session;

    @Mixin
    private final GlobalOptions options;

    @Mixin
    private final OutputOption output;

    ReportingCommand(Session session) {
        this.session = session;
        this.options = new GlobalOptions(session);
        this.output = new OutputOption(session);
    }
}
