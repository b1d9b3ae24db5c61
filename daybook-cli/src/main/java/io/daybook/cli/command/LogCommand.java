package io.daybook.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code daybook log}: the group of commands about the files of a data directory. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description = "Read the files of a data directory.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {LogDumpCommand.class, LogVerifyCommand.class})
public final class LogCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** For picocli. */
    @SuppressWarnings("NullAway.Init") // picocli fills the spec before anything runs
    public LogCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "log needs a command");
    }
}
