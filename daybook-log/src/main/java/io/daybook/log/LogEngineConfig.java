package io.daybook.log;

import java.nio.file.Path;
import java.util.List;

/**
 * The settings of an engine.
 *
 * @param logDirs {@code log.dirs}; made if they do not exist
 * @param clusterId written to {@code meta.properties}, and checked against what is there
 * @param nodeId likewise
 * @param producerIdExpirationMs {@code producer.id.expiration.ms}: a producer silent for so long is forgotten
 * @param checkpointIntervalMs {@code log.flush.offset.checkpoint.interval.ms}: how often recovery points are written
 * @param idleFileCloseMs after so long without use a partition's files are closed
 * @param maxOpenLogs when more partitions than so many hold open files, the first of them let go
 * @param hotBytes reads of the most recent so many bytes of a drive are taken to be in memory
 * @param journal how the journals of the drives use their space
 */
public record LogEngineConfig(
        List<Path> logDirs,
        String clusterId,
        int nodeId,
        int producerIdExpirationMs,
        long checkpointIntervalMs,
        long idleFileCloseMs,
        int maxOpenLogs,
        long hotBytes,
        JournalConfig journal) {
    /** Copies the list. */
    public LogEngineConfig {
        logDirs = List.copyOf(logDirs);
        if (logDirs.isEmpty()) {
            throw new IllegalArgumentException("log.dirs is empty; at least one directory is needed");
        }
    }

    /** Kafka's defaults. */
    public static LogEngineConfig of(List<Path> logDirs, String clusterId, int nodeId) {
        return new LogEngineConfig(
                logDirs, clusterId, nodeId, 86_400_000, 60_000, 60_000, 2_000, 256L << 20, JournalConfig.DEFAULTS);
    }
}
