package io.daybook.cli;

import io.daybook.cli.Session.Terminal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the launcher runs to make the class archives: the commands that people begin with, one after the other in one
 * process, against a broker of its own. Both sides then have loaded what a first record needs.
 */
public final class Rehearsal {
    private static final String INPUT = "one\ntwo\nthree\n";
    private static final List<String> COMMANDS = List.of(
            "topic create rehearsal -p 2 -c retention.ms=3600000",
            "topic list",
            "produce rehearsal",
            "produce made-on-the-way",
            "consume rehearsal -n 3 -g rehearsal",
            "consume made-on-the-way -f json",
            "topic describe rehearsal -o json",
            "topic offsets rehearsal",
            "config get topic/rehearsal",
            "group list",
            "group describe rehearsal",
            "cluster info",
            "topic delete rehearsal -y");

    private Rehearsal() {}

    /**
     * Runs all of it; the process's exit status is that of the first command that failed.
     *
     * @param args the broker, {@code HOST:PORT}
     */
    public static void main(String[] args) {
        System.exit(run(args[0]));
    }

    static int run(String bootstrapServers) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int firstFailure = ExitCode.OK.number();
        for (String command : COMMANDS) {
            InputStream input = new ByteArrayInputStream(INPUT.getBytes(StandardCharsets.UTF_8));
            String[] words = (command + " -b " + bootstrapServers).split(" ");
            int code = Daybook.run(words, new Terminal(input, nowhere, nowhere, false, false, true));
            firstFailure = firstFailure == ExitCode.OK.number() ? code : firstFailure;
        }
        return firstFailure;
    }
}
