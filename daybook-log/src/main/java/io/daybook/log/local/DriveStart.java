package io.daybook.log.local;

import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.log.LogDirectoryException;
import io.daybook.log.LogEngineConfig;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What taking a log directory into use found.
 *
 * @param lock held until the stop
 * @param replay what the journal holds, to be applied before anything is opened
 * @param partitions the partitions that have a directory here
 * @param leftovers directories of deleted partitions
 * @param clean whether the mark of a clean stop lay here
 */
record DriveStart(
        DiskLock lock, JournalReplay replay, List<TopicPartition> partitions, List<Path> leftovers, boolean clean) {
    private static final Logger LOG = LoggerFactory.getLogger(DriveStart.class);

    /** Locks the directory, checks whose it is, checks the journal and lists the partitions. Blocks; on the flusher. */
    static DriveStart take(Drive drive, LogEngineConfig config, Uuid directoryId) throws IOException {
        Disk disk = drive.disk();
        Path root = drive.root();
        disk.createDirectories(root);
        Optional<DiskLock> lock = disk.tryLock(root.resolve(FileNames.LOCK));
        if (lock.isEmpty()) {
            throw new LogDirectoryException("log directory " + root + " is in use by another process (it holds "
                    + root.resolve(FileNames.LOCK) + "); stop it, or choose another directory with log.dirs");
        }
        try {
            MetaProperties.check(disk, root, config, directoryId);
            Path cleanMark = root.resolve(FileNames.CLEAN_SHUTDOWN);
            boolean clean = disk.exists(cleanMark);
            if (clean) {
                disk.delete(cleanMark);
                disk.syncDirectory(root);
            }
            drive.recoveryOffsets().putAll(recoveryOffsets(disk, root.resolve(FileNames.RECOVERY_POINTS)));
            drive.startOffsets().putAll(checkpoint(disk, root.resolve(FileNames.START_OFFSETS)));
            JournalReplay replay = drive.flusher().journal().scan();
            return list(lock.get(), drive, replay, clean);
        } catch (IOException | RuntimeException e) {
            lock.get().close();
            throw e;
        }
    }

    /** The partitions that have a directory on a drive. Blocks. */
    static List<TopicPartition> partitionsIn(Drive drive) throws IOException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String name : drive.disk().list(drive.root())) {
            // A file may be named like a partition: the journal is.
            if (drive.disk().isDirectory(drive.root().resolve(name))) {
                FileNames.partition(name).ifPresent(partitions::add);
            }
        }
        return partitions;
    }

    private static DriveStart list(DiskLock lock, Drive drive, JournalReplay replay, boolean clean) throws IOException {
        Disk disk = drive.disk();
        Path root = drive.root();
        Set<TopicPartition> partitions = new LinkedHashSet<>(replay.partitions());
        List<Path> leftovers = new ArrayList<>();
        for (String name : disk.list(root)) {
            if (name.endsWith(FileNames.DELETED_DIRECTORY)) {
                leftovers.add(root.resolve(name));
            } else if (!name.startsWith(Journal.NAME) || disk.isDirectory(root.resolve(name))) {
                // the journal's files are the only ones of ours with such names; to ask for each of very many takes
                // long
                FileNames.partition(name).ifPresent(partitions::add);
            }
        }
        return new DriveStart(lock, replay, List.copyOf(partitions), leftovers, clean);
    }

    /** A damaged file of recovery points costs time, no data: everything is checked from the begin. */
    private static Map<TopicPartition, Long> recoveryOffsets(Disk disk, Path path) throws IOException {
        Optional<byte[]> content = SmallFiles.read(disk, path);
        try {
            return content.isEmpty() ? new HashMap<>() : OffsetCheckpoint.decode(path.toString(), content.get());
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("file", path).setCause(e).log("recovery points are unknown; all logs are checked");
            return new HashMap<>();
        }
    }

    private static Map<TopicPartition, Long> checkpoint(Disk disk, Path path) throws IOException {
        Optional<byte[]> content = SmallFiles.read(disk, path);
        return content.isEmpty() ? new HashMap<>() : OffsetCheckpoint.decode(path.toString(), content.get());
    }
}
