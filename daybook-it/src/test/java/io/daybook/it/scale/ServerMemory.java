package io.daybook.it.scale;

import io.daybook.it.fixture.DaybookProcess;
import io.daybook.it.fixture.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server holds. Linux, and a JDK.
 *
 * @param heapBytes what is alive after a collection
 * @param rssKib resident memory
 * @param openFiles files and sockets
 */
record ServerMemory(long heapBytes, long rssKib, long openFiles) {

    static ServerMemory of(DaybookProcess server) {
        return new ServerMemory(heapBytes(server), server.rssKib(), openFiles(server));
    }

    /** The histogram counts the living only, and so collects first. */
    private static long heapBytes(DaybookProcess server) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String histogram = Tool.run(List.of(jcmd, Long.toString(server.pid()), "GC.class_histogram"), "")
                .succeeded()
                .stdout();
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no histogram: " + histogram));
        return Long.parseLong(total.strip().split("\\s+")[2]);
    }

    static long openFiles(DaybookProcess server) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + server.pid() + "/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
