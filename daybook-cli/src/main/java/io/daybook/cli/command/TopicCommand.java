package io.daybook.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code daybook topic}: the group of commands about topics. */
@Command(
        name = "topic",
        mixinStandardHelpOptions = true,
        description = "Create, look at, change and delete topics.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TopicListCommand.class,
            TopicCreateCommand.class,
            TopicDescribeCommand.class,
            TopicAlterCommand.class,
            TopicDeleteCommand.class,
            TopicUndeleteCommand.class,
            TopicTrimCommand.class,
            TopicOffsetsCommand.class
        })
public final class TopicCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** For picocli. */
    @SuppressWarnings("NullAway.Init") // picocli fills the spec before anything runs
    public TopicCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "topic needs a command");
    }
}
