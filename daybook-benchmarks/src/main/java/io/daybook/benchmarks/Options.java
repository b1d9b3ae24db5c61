package io.daybook.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The command line.
 *
 * @param isShort a quick check of everything instead of a measurement
 * @param rounds how often both brokers run
 * @param groups which rows are measured
 * @param work on the drive that is measured
 * @param out where table, plots and {@code results.json} go
 */
record Options(boolean isShort, int rounds, Set<Group> groups, Path work, Path out) {
    static final String USAGE = """
            usage: bench/compare [--short] [--rounds N] [--only GROUP[,GROUP...]] [--work DIR] [--out DIR]
              --short       a quick check of everything instead of a measurement
              --rounds N    how often both brokers run; 3, with --short 1
              --only GROUP  of %s
              --work DIR    on the drive to be measured; the system's directory for temporary files
              --out DIR     for the table, the plots and results.json; docs/benchmarks
            """.formatted(Group.names());
    private static final int FULL_ROUNDS = 3;

    Options {
        groups = Set.copyOf(groups);
    }

    /** The rows that belong together and are measured one after the other. */
    enum Group {
        /** From nothing to the first acknowledged record, and idle memory. */
        START,
        /** Throughput and CPU of produce requests. */
        PRODUCE,
        /** Throughput and CPU of fetch requests. */
        FETCH,
        /** One record a request. */
        SINGLES,
        /** From the producer to the consumer at steady rates. */
        LATENCY,
        /** Ten thousand partitions: making them, their memory, coming back with them. */
        PARTITIONS,
        /** What the machine can do, and how near the brokers come. */
        LIMITS;

        static String names() {
            return Arrays.stream(values()).map(Group::toString).collect(Collectors.joining(","));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * From the command line; everything has a default.
     *
     * @throws IllegalArgumentException with a line that says what is wrong
     */
    static Options parse(String[] args, Path home) {
        boolean isShort = false;
        int rounds = 0;
        Set<Group> groups = EnumSet.allOf(Group.class);
        Path work = Path.of(System.getProperty("java.io.tmpdir"));
        Path out = home.resolve("docs/benchmarks");
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--short" -> isShort = true;
                case "--rounds" -> rounds = rounds(value(args, i++));
                case "--only" -> groups = groups(value(args, i++));
                case "--work" -> work = Path.of(value(args, i++));
                case "--out" -> out = Path.of(value(args, i++));
                default -> throw new IllegalArgumentException(args[i] + " is unknown");
            }
        }
        int defaultRounds = isShort ? 1 : FULL_ROUNDS;
        return new Options(isShort, rounds > 0 ? rounds : defaultRounds, groups, work, out);
    }

    /** What was asked for, to be run again. */
    String command() {
        String only = groups.size() == Group.values().length
                ? ""
                : " --only " + groups.stream().sorted().map(Group::toString).collect(Collectors.joining(","));
        return "bench/compare" + (isShort ? " --short" : "") + " --rounds " + rounds + only;
    }

    private static String value(String[] args, int option) {
        if (option + 1 == args.length) {
            throw new IllegalArgumentException(args[option] + " needs a value");
        }
        return args[option + 1];
    }

    private static int rounds(String value) {
        if (!value.matches("[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException("--rounds is a number from 1 to 999, not '" + value + "'");
        }
        return Integer.parseInt(value);
    }

    private static Set<Group> groups(String names) {
        return Arrays.stream(names.split(","))
                .map(Options::group)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Group.class)));
    }

    private static Group group(String name) {
        return Arrays.stream(Group.values())
                .filter(group -> group.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("--only takes " + Group.names() + ", not '" + name + "'"));
    }
}
