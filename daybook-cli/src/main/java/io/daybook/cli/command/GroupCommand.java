package io.daybook.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code daybook group}: the group of commands about consumer groups. */
@Command(
        name = "group",
        mixinStandardHelpOptions = true,
        description = "Look at consumer groups and move their offsets.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            GroupListCommand.class,
            GroupDescribeCommand.class,
            GroupLagCommand.class,
            GroupSeekCommand.class,
            GroupDeleteCommand.class
        })
public final class GroupCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** For picocli. */
    @SuppressWarnings("NullAway.Init") // picocli fills the spec before anything runs
    public GroupCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "group needs a command");
    }
}
