package io.daybook.server.bootstrap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system in memory that can be full or read-only, which directories of a root user cannot. A test that asks for one
 * where it may not be mounted is skipped.
 *
 * @param path where it is mounted
 */
record SmallFileSystem(Path path) implements AutoCloseable {
    private static final int SIZE_KIB = 256;

    static SmallFileSystem mount(Path path) throws IOException, InterruptedException {
        Files.createDirectories(path);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + SIZE_KIB + "k", "daybook-test", path.toString()),
                "mounting a file system needs root");
        return new SmallFileSystem(path);
    }

    void fill() throws IOException {
        byte[] block = new byte[4096];
        try (var file = Files.newOutputStream(path.resolve("filler"))) {
            for (int i = 0; i < SIZE_KIB; i++) {
                file.write(block);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    void makeReadOnly() throws IOException, InterruptedException {
        if (!run("mount", "-o", "remount,ro", path.toString())) {
            throw new IOException("cannot be made read-only: " + path);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (!run("umount", path.toString())) {
            throw new IOException("still mounted: " + path);
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
