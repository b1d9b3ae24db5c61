package io.daybook.log.local;

import io.daybook.base.Uuid;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Kafka's {@code partition.metadata}: which topic a partition's directory belongs to. Blocks. */
final class PartitionMetadata {
    private PartitionMetadata() {}

    /** The topic's identifier; empty if the file is missing or not whole (it is written when the directory is made). */
    static Optional<Uuid> read(Disk disk, Path directory) throws IOException {
        Optional<Map<String, String>> properties =
                SmallFiles.readProperties(disk, directory.resolve(FileNames.PARTITION_METADATA));
        String id = properties.map(p -> p.getOrDefault("topic_id", "")).orElse("");
        try {
            return id.isEmpty() ? Optional.empty() : Optional.of(Uuid.parse(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // torn: it was never synced, so nothing in the directory was acknowledged
        }
    }

    /** Writes the file; {@link #sync} makes it durable before anything in the directory is acknowledged. */
    static void write(Disk disk, Path directory, Uuid topicId) throws IOException {
        String text = "version: 0\ntopic_id: " + topicId + "\n";
        SmallFiles.write(
                disk,
                directory.resolve(FileNames.PARTITION_METADATA),
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)),
                false);
    }

    static void sync(Disk disk, Path directory) throws IOException {
        try (DiskFile file = disk.open(directory.resolve(FileNames.PARTITION_METADATA), Disk.Mode.READ_WRITE)) {
            file.sync();
        }
    }
}
