package io.daybook.cli.command;

import io.daybook.cli.Session;
import io.daybook.cli.client.Groups;
import io.daybook.cli.client.Groups.Description;
import io.daybook.cli.client.Groups.Member;
import io.daybook.cli.output.Format;
import io.daybook.cli.output.Output;
import io.daybook.cli.output.Report;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code daybook group describe}. */
@Command(name = "describe", mixinStandardHelpOptions = true, description = "Show a group's state and its members.")
public final class GroupDescribeCommand extends ReportingCommand implements Runnable {
    @Parameters(paramLabel = "GROUP", description = "The group.")
    private String group = "";

    /** For picocli. */
    public GroupDescribeCommand(Session session) {
        super(session);
    }

    @Override
    public void run() {
        Description description = new Groups(session.client()).describe(group);
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("group", description.id());
        document.put("protocol", description.protocol());
        document.put("state", description.state());
        document.put("assignor", description.assignor());
        Report members = new Report("member", "instance", "client", "host", "partitions");
        for (Member each : description.members()) {
            members.row(
                    each.id(),
                    each.instanceId(),
                    each.clientId(),
                    each.host(),
                    each.partitions().stream().map(Object::toString).toList());
        }
        Output out = session.output();
        if (out.format() == Format.table) {
            document.put("members", description.members().size());
            out.print(document);
            out.gap();
            out.print(members);
        } else {
            document.put("members", members.rows());
            out.print(document);
        }
    }
}
