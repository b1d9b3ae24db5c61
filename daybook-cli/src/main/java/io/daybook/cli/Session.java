package io.daybook.cli;

import io.daybook.cli.client.ClientConfig;
import io.daybook.cli.client.ClusterClient;
import io.daybook.cli.output.Format;
import io.daybook.cli.output.Output;
import io.daybook.cli.output.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of the command: its streams, its global options, and the client, which connects when it is first needed. For
 * one thread.
 */
public final class Session implements AutoCloseable {
    private final Terminal terminal;
    private final Map<String, String> clientSettings = new LinkedHashMap<>();
    private @Nullable String commandConfig;
    private Format format = Format.table;
    private boolean dryRun;
    private boolean yes;
    private @Nullable ClusterClient client;

    /**
     * The streams of a run.
     *
     * @param in what the user types or pipes
     * @param out data, and nothing else
     * @param err errors, progress and hints
     * @param outIsTerminal whether a person reads {@code out}
     * @param errIsTerminal whether a person reads {@code err}
     * @param noColour whether {@code NO_COLOR} is set
     */
    public record Terminal(
            InputStream in,
            PrintStream out,
            PrintStream err,
            boolean outIsTerminal,
            boolean errIsTerminal,
            boolean noColour) {}

    /** A run that has read no options yet. */
    public Session(Terminal terminal) {
        this.terminal = terminal;
    }

    void bootstrapServers(String servers) {
        clientSettings.put(ClientConfig.BOOTSTRAP_SERVERS, servers);
    }

    void commandConfig(String file) {
        commandConfig = file;
    }

    void clientSetting(String key, String value) {
        clientSettings.put(key, value);
    }

    void format(Format chosen) {
        format = chosen;
    }

    void dryRun() {
        dryRun = true;
    }

    void yes() {
        yes = true;
    }

    /** Whether nothing may be changed: say what would be done. */
    public boolean isDryRun() {
        return dryRun;
    }

    /** Where data goes. */
    public PrintStream out() {
        return terminal.out();
    }

    /** Where everything else goes. */
    public PrintStream err() {
        return terminal.err();
    }

    /** What is piped or typed in. */
    public InputStream in() {
        return terminal.in();
    }

    /** Prints data in the form that was asked for. */
    public Output output() {
        return new Output(terminal.out(), format, terminal.outIsTerminal() && !terminal.noColour());
    }

    /** Progress on standard error, if a person reads it. */
    public Progress progress() {
        return new Progress(terminal.err(), terminal.errIsTerminal());
    }

    /** Tells a person what was done; scripts see only data and exit codes. */
    public void tell(String sentence) {
        if (terminal.errIsTerminal()) {
            terminal.err().println(sentence);
        }
    }

    /** The client's configuration: {@code -X} over {@code -b} over {@code --command-config} over the defaults. */
    public ClientConfig clientConfig() {
        return ClientConfig.load(commandConfig, clientSettings);
    }

    /** The connection to the cluster, made on the first call. */
    public ClusterClient client() {
        if (client == null) {
            client = new ClusterClient(clientConfig());
        }
        return client;
    }

    /**
     * Asks before something that cannot be undone.
     *
     * @throws CommandException if the answer is not yes, or if nobody is there to answer and {@code -y} is not given
     */
    public void confirm(String question) {
        if (yes || dryRun) {
            return;
        }
        if (!terminal.errIsTerminal()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    question + " Nobody can answer here",
                    "add -y to go ahead, --dry-run to see what would be done");
        }
        terminal.err().print(question + " [y/N] ");
        terminal.err().flush();
        String answer;
        try {
            answer = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILURE, "cannot read the answer: " + e.getMessage());
        }
        if (answer == null
                || !answer.strip().equalsIgnoreCase("y") && !answer.strip().equalsIgnoreCase("yes")) {
            throw new CommandException(ExitCode.FAILURE, "nothing was done");
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
