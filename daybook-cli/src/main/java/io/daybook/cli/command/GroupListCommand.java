package io.daybook.cli.command;

import io.daybook.cli.Session;
import io.daybook.cli.client.Groups;
import io.daybook.cli.output.Report;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code daybook group list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "List the groups.")
public final class GroupListCommand extends ReportingCommand implements Runnable {
    /** For picocli. */
    public GroupListCommand(Session session) {
        super(session);
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
