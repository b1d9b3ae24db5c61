package io.daybook.log.local;

import java.nio.file.Path;

/**
 * A segment that no chain holds, with bytes that are durable in the journal only.
 *
 * @param directoryName of the partition
 * @param baseOffset of the segment
 */
record LeftSegment(String directoryName, long baseOffset) {
    Path directory(Path root) {
        return root.resolve(directoryName);
    }

    Path path(Path root) {
        return directory(root).resolve(FileNames.of(baseOffset, FileNames.LOG));
    }
}
