package io.daybook.cli;

import io.daybook.cli.Session.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs the command as a script would: no terminal, all streams captured. */
public final class CommandLineFixture {
    /** What came of a run. */
    public record Outcome(int exitCode, String out, String err) {}

    private CommandLineFixture() {}

    /** Without input. */
    public static Outcome daybook(String... args) {
        return daybookWithInput("", args);
    }

    /** With standard input. */
    public static Outcome daybookWithInput(String input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                true);
        int code = Daybook.run(args, terminal);
        terminal.out().flush();
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
