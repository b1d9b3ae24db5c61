package io.daybook.cli;

import java.io.PrintStream;

/** The {@code daybook} command: parses the command line, runs one subcommand and exits with its code. */
public final class Daybook {

    private static final int EXIT_USAGE = 2;

    private Daybook() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        if (args.length == 1 && args[0].equals("version")) {
            out.println("daybook 0.1.0");
            return 0;
        }
        err.println("usage: daybook version");
        return EXIT_USAGE;
    }
}
