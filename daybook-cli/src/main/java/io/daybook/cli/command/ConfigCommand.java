package io.daybook.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code daybook config}: the group of commands about settings. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Look at settings and change them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ConfigGetCommand.class,
            ConfigSetCommand.class,
            ConfigUnsetCommand.class,
            ConfigDiffCommand.class,
            ConfigExplainCommand.class
        })
public final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** For picocli. */
    @SuppressWarnings("NullAway.Init") // picocli fills the spec before anything runs
    public ConfigCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "config needs a command");
    }
}
