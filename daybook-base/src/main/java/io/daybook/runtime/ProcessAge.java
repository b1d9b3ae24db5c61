package io.daybook.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long ago this process began. On Linux from {@code /proc}, to 20 ms: {@link ProcessHandle} adds the time of the
 * start to that of the boot, which it knows in whole seconds only.
 */
public final class ProcessAge {
    /** What {@code sysconf(_SC_CLK_TCK)} gives on every Linux; {@code proc(5)} counts the start in it. */
    private static final long MS_PER_TICK = 10;
    /** Where {@code starttime} stands behind the name of the program, which may hold blanks: {@code proc(5)}. */
    private static final int START_FIELD = 19;

    private ProcessAge() {}

    /** Milliseconds since the start of the process; 0 if the system does not tell. */
    public static long ms() {
        try {
            return ms(read("/proc/uptime"), read("/proc/self/stat"));
        } catch (IOException | RuntimeException e) {
            return ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(start -> System.currentTimeMillis() - start.toEpochMilli())
                    .orElse(0L);
        }
    }

    static long ms(String uptime, String stat) {
        long uptimeMs = Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Math.max(0, uptimeMs - Long.parseLong(fields[START_FIELD]) * MS_PER_TICK);
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file), StandardCharsets.US_ASCII);
    }
}
