package io.daybook.log;

import io.daybook.base.TopicIdPartition;
import java.nio.file.Path;
import java.util.Map;

/**
 * A log directory at a moment.
 *
 * @param path the directory
 * @param online false once a write or sync there failed; nothing on it is acknowledged again until a restart
 * @param totalBytes the size of its file system, -1 if unknown
 * @param usableBytes what can still be written there, -1 if unknown
 * @param partitionBytes the partitions it holds with the bytes of their segments
 */
public record LogDirState(
        Path path, boolean online, long totalBytes, long usableBytes, Map<TopicIdPartition, Long> partitionBytes) {
    /** Copies the map. */
    public LogDirState {
        partitionBytes = Map.copyOf(partitionBytes);
    }
}
