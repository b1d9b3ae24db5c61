package io.daybook.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the files of a data directory from outside. */
final class Segments {

    private Segments() {}

    /** The segment files of a partition, oldest first. */
    static List<Path> of(Path data, String topic, int partition) {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log"))
                    .filter(file -> file.getParent().getFileName().toString().equals(topic + "-" + partition))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes in all segments of a partition. */
    static long sizeBytes(Path data, String topic, int partition) {
        return of(data, topic, partition).stream()
                .mapToLong(file -> file.toFile().length())
                .sum();
    }
}
