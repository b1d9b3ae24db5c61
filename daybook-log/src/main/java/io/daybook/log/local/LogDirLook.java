package io.daybook.log.local;

import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.log.LogDirState;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a log directory looks like to those who ask about it: what cannot be found out is left out. Blocks. */
final class LogDirLook {
    private static final Logger LOG = LoggerFactory.getLogger(LogDirLook.class);

    private LogDirLook() {}

    /** A drive that holds these partitions. */
    static LogDirState at(Drive drive, List<TopicPartition> partitions) {
        writeOut(drive);
        Map<TopicIdPartition, Long> sizes = new HashMap<>();
        if (drive.isOnline()) {
            for (TopicPartition partition : partitions) {
                topicId(drive, partition)
                        .ifPresent(topicId ->
                                sizes.put(new TopicIdPartition(topicId, partition), sizeBytes(drive, partition)));
            }
        }
        return new LogDirState(drive.root(), drive.isOnline(), totalBytes(drive), usableBytes(drive), sizes);
    }

    /** Then the files are as long as the logs. */
    private static void writeOut(Drive drive) {
        try {
            drive.writeBehind().writeOut();
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("directory", drive.root())
                    .setCause(e)
                    .log("the sizes lack what is held in memory");
        }
    }

    /** The topic that a partition's directory belongs to. */
    static Optional<Uuid> topicId(Drive drive, TopicPartition partition) {
        try {
            return PartitionMetadata.read(drive.disk(), drive.root().resolve(partition.toString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long sizeBytes(Drive drive, TopicPartition partition) {
        Path directory = drive.root().resolve(partition.toString());
        long sizeBytes = 0;
        try {
            for (String name : drive.disk().list(directory)) {
                if (name.endsWith(FileNames.LOG)) {
                    try (DiskFile file = drive.disk().open(directory.resolve(name), Disk.Mode.READ)) {
                        sizeBytes += file.sizeBytes();
                    }
                }
            }
        } catch (IOException e) {
            return sizeBytes;
        }
        return sizeBytes;
    }

    /** How much can be written; -1 if unknown. */
    static long usableBytes(Drive drive) {
        try {
            return drive.disk().usableBytes(drive.root());
        } catch (IOException e) {
            return -1;
        }
    }

    private static long totalBytes(Drive drive) {
        try {
            return drive.disk().totalBytes(drive.root());
        } catch (IOException e) {
            return -1;
        }
    }
}
