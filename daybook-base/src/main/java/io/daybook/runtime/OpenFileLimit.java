package io.daybook.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files and sockets the system lets this process open. */
public final class OpenFileLimit {
    private static final String LINE = "Max open files";
    /** Where the system does not tell; most allow at least so many. */
    private static final int UNKNOWN = 4_096;

    private OpenFileLimit() {}

    /** The limit that holds now. */
    public static int ofProcess() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith(LINE)) {
                    String soft = line.substring(LINE.length()).strip().split("\\s+")[0];
                    return soft.equals("unlimited")
                            ? Integer.MAX_VALUE
                            : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(soft));
                }
            }
            return UNKNOWN;
        } catch (IOException | NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
