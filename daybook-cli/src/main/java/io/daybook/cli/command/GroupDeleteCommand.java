package io.daybook.cli.command;

import io.daybook.cli.GlobalOptions;
import io.daybook.cli.Session;
import io.daybook.cli.client.ClusterClient;
import io.daybook.protocol.message.DeleteGroupsRequestData;
import io.daybook.protocol.message.DeleteGroupsResponseData;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code daybook group delete}. */
@Command(
        name = "delete",
        mixinStandardHelpOptions = true,
        description = "Delete groups that have no members, with their offsets.")
public final class GroupDeleteCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final GlobalOptions options;

    @Parameters(paramLabel = "GROUP", arity = "1..*", description = "The groups.")
    private List<String> groups = List.of();

    /** For picocli. */
    public GroupDeleteCommand(Session session) {
        this.session = session;
        this.options = new GlobalOptions(session);
    }

    @Override
    public Integer call() {
        if (session.isDryRun()) {
            session.out().println("would delete: " + String.join(", ", groups));
            return 0;
        }
        session.confirm("Delete " + String.join(", ", groups) + " with all committed offsets?");
        Outcomes outcomes = new Outcomes(session);
        ClusterClient client = session.client();
        for (String group : groups) {
            DeleteGroupsRequestData request = new DeleteGroupsRequestData().setGroupsNames(List.of(group));
            client.call(client.coordinatorOf(group), request, new DeleteGroupsResponseData())
                    .results()
                    .forEach(result -> {
                        if (outcomes.accept(result.errorCode(), "group '" + result.groupId() + "'", null)) {
                            session.tell("group '" + result.groupId() + "' deleted");
                        }
                    });
        }
        return outcomes.exitCode();
    }
}
