package io.daybook.cli;

import io.daybook.cli.Session.Terminal;
import io.daybook.cli.client.ProtocolException;
import io.daybook.cli.command.ClusterCommand;
import io.daybook.cli.command.CompletionCommand;
import io.daybook.cli.command.ConfigCommand;
import io.daybook.cli.command.ConsumeCommand;
import io.daybook.cli.command.GroupCommand;
import io.daybook.cli.command.LogCommand;
import io.daybook.cli.command.ProduceCommand;
import io.daybook.cli.command.ServerCommand;
import io.daybook.cli.command.TopicCommand;
import io.daybook.cli.command.VersionCommand;
import io.daybook.server.bootstrap.ServerCommandLine;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code daybook} command: parses the command line, runs one subcommand and exits with its {@link ExitCode}. */
@Command(
        name = "daybook",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Version.class,
        description = "Event streaming for Kafka clients, on an fsync'd log, from one process.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Begin with: daybook server",
            "Exit codes: 0 ok, 1 failure, 2 usage, 3 not found, 4 not authorized, 5 unreachable, 6 conflict, 7 partial."
        },
        subcommands = {
            ServerCommand.class,
            TopicCommand.class,
            ProduceCommand.class,
            ConsumeCommand.class,
            GroupCommand.class,
            ConfigCommand.class,
            ClusterCommand.class,
            LogCommand.class,
            CompletionCommand.class,
            VersionCommand.class
        })
public final class Daybook implements Runnable {
    @Mixin
    private final GlobalOptions options;

    @Spec
    private CommandSpec spec;

    /** The root of a run. */
    @SuppressWarnings("NullAway.Init") // picocli fills the spec before anything runs
    public Daybook(Session session) {
        this.options = new GlobalOptions(session);
    }

    /** Runs the command line and ends the process. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("server")) {
            // Without picocli, which would cost as much time as the server's own start.
            ServerCommandLine.main(Arrays.copyOfRange(args, 1, args.length));
        }
        boolean terminal = System.console() != null;
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        boolean outIsTerminal = terminal && isTerminal("1");
        boolean errIsTerminal = isTerminal("2");
        boolean noColour = System.getenv("NO_COLOR") != null;
        int code = run(args, new Terminal(System.in, out, System.err, outIsTerminal, errIsTerminal, noColour));
        out.flush();
        System.exit(code);
    }

    /** Runs the command line on the given streams; returns the process's exit status. */
    static int run(String[] args, Terminal terminal) {
        try (Session session = new Session(terminal)) {
            CommandLine line = new CommandLine(new Daybook(session), factory(session));
            line.setOut(new java.io.PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
            line.setErr(new java.io.PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
            line.setColorScheme(CommandLine.Help.defaultColorScheme(
                    terminal.outIsTerminal() && !terminal.noColour() ? Ansi.ON : Ansi.OFF));
            line.setAbbreviatedOptionsAllowed(false);
            line.setUsageHelpAutoWidth(true);
            line.setParameterExceptionHandler(Daybook::misunderstood);
            line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, terminal.err(), parsed));
            return line.execute(args);
        }
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Commands and option groups get the session; what else picocli asks for, it makes itself. */
    private static IFactory factory(Session session) {
        IFactory others = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                    if (List.of(constructor.getParameterTypes()).equals(List.of(Session.class))) {
                        return type.cast(constructor.newInstance(session));
                    }
                }
                return others.create(type);
            }
        };
    }

    private static int misunderstood(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("daybook: " + failure.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
            command.getErr().println("  try: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE.number();
    }

    private static int failed(Exception failure, PrintStream err, ParseResult parsed) throws Exception {
        CommandException known = failure instanceof CommandException command
                ? command
                : failure instanceof ProtocolException protocol ? protocol.asCommandException() : null;
        if (known == null) {
            throw failure;
        }
        err.println("daybook: " + known.getMessage());
        if (known.hint() != null) {
            err.println("  try: " + known.hint());
        }
        return known.exitCode().number();
    }

    private static boolean isTerminal(String descriptor) {
        try {
            return java.nio.file.Path.of("/proc/self/fd/" + descriptor)
                    .toRealPath()
                    .toString()
                    .startsWith("/dev/pts/");
        } catch (java.io.IOException e) {
            return System.console() != null;
        }
    }
}
