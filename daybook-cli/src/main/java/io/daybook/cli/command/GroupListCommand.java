package io.daybook.cli.command;

import io.daybook.cli.GlobalOptions;
import io.daybook.cli.OutputOption;
import io.daybook.cli.Session;
import io.daybook.cli.client.Groups;
import io.daybook.cli.output.Report;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code daybook group list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "List the groups.")
public final class GroupListCommand implements Runnable {
    private final Session session;

    @Mixin
    private final GlobalOptions options;

    @Mixin
    private final OutputOption output;

    /** For picocli. */
    public GroupListCommand(Session session) {
        this.session = session;
        this.options = new GlobalOptions(session);
        this.output = new OutputOption(session);
    }

    @Override
    public void run() {
        Report report = new Report("group", "protocol", "state");
        new Groups(session.client())
                .list()
                .forEach(each ->
                        report.row(each.groupId(), each.groupType().toLowerCase(Locale.ROOT), each.groupState()));
        session.output().print(report);
    }
}
