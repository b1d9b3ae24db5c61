package io.daybook.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code daybook cluster}: the group of commands about the cluster. */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Look at the cluster and its brokers.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ClusterInfoCommand.class, ClusterBrokersCommand.class, ClusterHealthCommand.class})
public final class ClusterCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** For picocli. */
    @SuppressWarnings("NullAway.Init") // picocli fills the spec before anything runs
    public ClusterCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "cluster needs a command");
    }
}
