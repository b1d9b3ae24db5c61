package io.daybook.cli.command;

import io.daybook.cli.Session;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code daybook completion bash|zsh|fish}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a completion script for the shell.",
        footer = {
            "",
            "bash:  source <(daybook completion bash)",
            "zsh:   source <(daybook completion zsh)",
            "fish:  daybook completion fish | source"
        })
public final class CompletionCommand implements Runnable {
    /** The shells that a script can be made for. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    private final Session session;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec;

    /** For picocli. */
    @SuppressWarnings("NullAway.Init") // picocli fills the spec before anything runs
    public CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        // The script for bash turns on zsh's emulation by itself.
        String script = shell == Shell.fish ? fish(root) : AutoComplete.bash("daybook", root);
        session.out().print(script);
        session.out().flush();
    }

    private static String fish(CommandLine root) {
        StringBuilder script = new StringBuilder("# fish completion for daybook\ncomplete -c daybook -f\n");
        String names = String.join(" ", root.getSubcommands().keySet());
        root.getSubcommands().forEach((name, command) -> {
            script.append(line("not __fish_seen_subcommand_from " + names, "-a " + name, description(command)));
            String inner = String.join(" ", command.getSubcommands().keySet());
            command.getSubcommands().forEach((innerName, innerCommand) -> {
                String seen = "__fish_seen_subcommand_from " + name;
                script.append(line(
                        seen + "; and not __fish_seen_subcommand_from " + inner,
                        "-a " + innerName,
                        description(innerCommand)));
                innerCommand
                        .getCommandSpec()
                        .options()
                        .forEach(option -> script.append(line(
                                seen + "; and __fish_seen_subcommand_from " + innerName,
                                flags(option),
                                String.join(" ", option.description()))));
            });
            command.getCommandSpec()
                    .options()
                    .forEach(option -> script.append(line(
                            "__fish_seen_subcommand_from " + name,
                            flags(option),
                            String.join(" ", option.description()))));
        });
        return script.toString();
    }

    private static String line(String condition, String what, String description) {
        return "complete -c daybook -n '" + condition + "' " + what + " -d '" + description.replace("'", "\\'") + "'\n";
    }

    private static String flags(OptionSpec option) {
        String names = java.util.Arrays.stream(option.names())
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
        return option.arity().max() == 0 ? names : names + " -r";
    }

    private static String description(CommandLine command) {
        String[] lines = command.getCommandSpec().usageMessage().description();
        return lines.length == 0 ? "" : lines[0];
    }
}
