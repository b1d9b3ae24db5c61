package io.daybook.log.local;

import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.log.LogDirState;
import io.daybook.log.LogDirectoryException;
import io.daybook.log.LogEngineConfig;
import io.daybook.log.LogSeams;
import io.daybook.log.RetentionOutlook;
import io.daybook.log.segment.SegmentChain;
import io.daybook.log.segment.SegmentEngine;
import io.daybook.log.segment.StorageFault;
import io.daybook.runtime.Completions;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFullException;
import io.daybook.runtime.DiskLock;
import io.daybook.runtime.Shard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chains in directories on local drives, in Kafka's layout. */
public final class LocalSegmentEngine implements SegmentEngine {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSegmentEngine.class);

    private final List<Drive> drives;
    private final Map<Drive, DiskLock> locks = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Drive> places = new ConcurrentHashMap<>();
    private final Map<TopicPartition, LocalChain> chains = new ConcurrentHashMap<>();
    private final List<Runnable> failureListeners = new CopyOnWriteArrayList<>();
    private final AtomicLong lastOwnerEpoch = new AtomicLong();
    /** One that failed before it was known what it holds. */
    private volatile @Nullable Drive unknownDrive;

    private volatile boolean afterUncleanStop;

    private LocalSegmentEngine(LogEngineConfig config, LogSeams seams) {
        List<Drive> all = new ArrayList<>();
        for (int i = 0; i < config.logDirs().size(); i++) {
            DriveWorkers workers = new DriveWorkers(
                    seams.workers().apply("flusher-" + i), seams.workers().apply("background-" + i));
            Path root = config.logDirs().get(i);
            all.add(new Drive(seams.disk(), root, workers, seams.ticker(), config));
        }
        this.drives = List.copyOf(all);
    }

    /**
     * Takes the directories into use.
     *
     * @return fails with a {@link LogDirectoryException} if one is locked, of another owner or from a newer version, or if
     *     none can be used
     */
    public static CompletableFuture<LocalSegmentEngine> start(LogEngineConfig config, LogSeams seams) {
        LocalSegmentEngine engine = new LocalSegmentEngine(config, seams);
        List<CompletableFuture<Void>> started = new ArrayList<>();
        for (Drive drive : engine.drives) {
            Uuid directoryId = seams.random().nextUuid();
            CompletableFuture<Void> result = new CompletableFuture<>();
            started.add(result);
            drive.flusher().worker().execute(() -> engine.startDrive(drive, config, directoryId, result));
        }
        return CompletableFuture.allOf(started.toArray(CompletableFuture[]::new))
                .handle((done, error) -> error == null
                        ? engine.started()
                        : engine.close()
                                .<LocalSegmentEngine>thenCompose(closed -> CompletableFuture.failedFuture(
                                        error.getCause() == null ? error : error.getCause())))
                .thenCompose(result -> result);
    }

    private void startDrive(Drive drive, LogEngineConfig config, Uuid directoryId, CompletableFuture<Void> result) {
        try {
            DriveStart start = DriveStart.take(drive, config, directoryId);
            locks.put(drive, start.lock());
            drive.flusher().checkpointEvery(config.checkpointIntervalMs());
            if (!start.clean() && !start.partitions().isEmpty()) {
                afterUncleanStop = true;
            }
            for (TopicPartition partition : start.partitions()) {
                Drive other = places.putIfAbsent(partition, drive);
                if (other != null) {
                    throw new LogDirectoryException("partition " + partition + " lies both in " + other.root()
                            + " and in " + drive.root() + "; move one of them away");
                }
            }
            drive.inBackground(() -> replay(drive, start.replay()));
            for (Path leftover : start.leftovers()) {
                drive.inBackground(() -> deleteTree(drive, leftover));
            }
            result.complete(null);
        } catch (IOException e) {
            drive.goOffline("start", e);
            rememberPlaces(drive);
            result.complete(null);
        } catch (LogDirectoryException e) {
            result.completeExceptionally(e);
        }
        drive.failure().thenAccept(reason -> driveFailed(drive));
    }

    /** In the background, and so before anything is opened. */
    private static void replay(Drive drive, JournalReplay replay) {
        try {
            drive.change("replay", () -> {
                replay.apply();
                return true;
            });
        } catch (IOException | LogDirectoryException e) {
            drive.goOffline("replay", e);
        }
        if (replay.bytes() > 0) {
            LOG.atInfo()
                    .addKeyValue("directory", drive.root())
                    .addKeyValue("bytes", replay.bytes())
                    .log("what a crash took was put back from the journal");
        }
    }

    /** A partition on a drive that failed must not begin anew on another one. */
    private void rememberPlaces(Drive drive) {
        try {
            DriveStart.partitionsIn(drive).forEach(partition -> places.putIfAbsent(partition, drive));
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("directory", drive.root())
                    .setCause(e)
                    .log("what a failed drive holds is unknown; no partition begins until it is back or taken out");
            unknownDrive = drive;
        }
    }

    private CompletableFuture<LocalSegmentEngine> started() {
        for (Drive drive : drives) {
            if (drive.isOnline()) {
                return CompletableFuture.completedFuture(this);
            }
        }
        return drives.get(0).failure().thenCompose(CompletableFuture::failedFuture);
    }

    private void driveFailed(Drive drive) {
        for (LocalChain chain : chains.values()) {
            if (chain.drive() == drive) {
                chain.owner().post(() -> chain.fail(StorageFault.DISK_FAILED));
            }
        }
        failureListeners.forEach(Runnable::run);
    }

    @Override
    public CompletableFuture<SegmentChain> open(TopicIdPartition id, Shard owner) {
        TopicPartition partition = id.topicPartition();
        Drive drive = places.computeIfAbsent(partition, this::place);
        if (!drive.isOnline()) {
            return Completions.on(owner, drive.failure().thenCompose(CompletableFuture::failedFuture));
        }
        LocalChain chain = new LocalChain(drive, id, owner, lastOwnerEpoch.incrementAndGet(), this::closed);
        LocalChain stale = chains.put(partition, chain);
        if (stale != null) {
            stale.fence();
        }
        return drive.inBackground(
                        owner,
                        () -> drive.change("open " + partition, () -> {
                            if (stale != null) {
                                seal(drive);
                            }
                            CompletableFuture<Void> cleared = prepareDirectory(drive, id);
                            if (cleared.isDone()) {
                                found(chain);
                            }
                            return cleared;
                        }))
                .thenCompose(cleared -> cleared.isDone() && !cleared.isCompletedExceptionally()
                        ? CompletableFuture.completedFuture(chain)
                        : Completions.on(owner, cleared)
                                .thenCompose(prepared -> drive.inBackground(
                                        owner, () -> drive.change("list " + partition, () -> found(chain)))));
    }

    /** What the owner before holds is in the files, or never will be. */
    private static void seal(Drive drive) throws IOException {
        try {
            drive.writeBehind().seal();
        } catch (IOException e) {
            drive.goOffline("write of what was held in memory", e);
            throw e;
        }
    }

    private void closed(LocalChain chain) {
        chains.remove(chain.id().topicPartition(), chain);
    }

    private static LocalChain found(LocalChain chain) throws IOException {
        Drive drive = chain.drive();
        TopicPartition partition = chain.id().topicPartition();
        chain.found(
                ChainFiles.read(drive, chain.directory()),
                drive.recoveryOffsets().getOrDefault(partition, 0L),
                drive.startOffsets().getOrDefault(partition, 0L));
        return chain;
    }

    /** The directory with the most free space; among those the one with the fewest partitions. */
    private Drive place(TopicPartition partition) {
        Drive unknown = unknownDrive;
        if (unknown != null) {
            return unknown;
        }
        Map<Drive, Integer> counts = new HashMap<>();
        if (drives.size() > 1) {
            places.values().forEach(drive -> counts.merge(drive, 1, Integer::sum));
        }
        return drives.stream()
                .filter(Drive::isOnline)
                .max(Comparator.<Drive>comparingLong(drive -> LogDirLook.usableBytes(drive) >> 30)
                        .thenComparingInt(drive -> -counts.getOrDefault(drive, 0)))
                .orElse(drives.get(0));
    }

    /** Completes when nothing of a deleted topic of the same name is left that could be taken for this one's. */
    private CompletableFuture<Void> prepareDirectory(Drive drive, TopicIdPartition id) throws IOException {
        Disk disk = drive.disk();
        Path directory = drive.root().resolve(id.topicPartition().toString());
        if (disk.exists(directory)) {
            Optional<Uuid> found = PartitionMetadata.read(disk, directory);
            if (found.isPresent() && found.get().equals(id.topicId())) {
                return CompletableFuture.completedFuture(null);
            }
            if (found.isPresent()) {
                LOG.atWarn()
                        .addKeyValue("partition", id)
                        .addKeyValue("topicId", found.get())
                        .log("files of a deleted topic of the same name set aside");
                setAside(drive, id.topicPartition());
            } else if (lacksItsBegin(drive, id.topicPartition())) {
                LOG.atInfo().addKeyValue("partition", id).log("files of which nothing was durable yet set aside");
                setAside(drive, id.topicPartition());
            }
        }
        boolean isNew = !disk.exists(directory);
        disk.createDirectory(directory);
        PartitionMetadata.write(disk, directory, id.topicId());
        return isNew ? drive.forget(id.topicPartition()) : CompletableFuture.completedFuture(null);
    }

    /**
     * What a power loss can leave where nothing was durable: the file of metadata is torn, a later segment has its name on the
     * drive and the first has not. A directory without that file was put here by somebody, and stays.
     */
    private static boolean lacksItsBegin(Drive drive, TopicPartition partition) throws IOException {
        Path directory = drive.root().resolve(partition.toString());
        if (drive.recoveryOffsets().getOrDefault(partition, 0L) > 0
                || !drive.disk().exists(directory.resolve(FileNames.PARTITION_METADATA))) {
            return false;
        }
        List<ChainFiles.SegmentFile> segments =
                ChainFiles.read(drive, directory).segments();
        return !segments.isEmpty()
                && segments.get(0).baseOffset() > drive.startOffsets().getOrDefault(partition, 0L);
    }

    /** Takes a partition's directory out of sight; durable when it returns. */
    private void setAside(Drive drive, TopicPartition partition) throws IOException {
        Path directory = drive.root().resolve(partition.toString());
        Path aside = drive.root()
                .resolve(FileNames.deleted(
                        partition,
                        lastOwnerEpoch.incrementAndGet() ^ drive.ticker().wallMs() << 20));
        drive.disk().rename(directory, aside);
        drive.disk().syncDirectory(drive.root());
        drive.inBackground(() -> deleteTree(drive, aside));
    }

    private static void deleteTree(Drive drive, Path directory) {
        try {
            for (String name : drive.disk().list(directory)) {
                drive.disk().delete(directory.resolve(name));
            }
            drive.disk().delete(directory);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .setCause(e)
                    .log("files of a deleted partition stay until the next start");
        }
    }

    @Override
    public CompletableFuture<Void> delete(TopicIdPartition id) {
        TopicPartition partition = id.topicPartition();
        LocalChain chain = chains.get(partition);
        if (chain != null && chain.id().equals(id) && chains.remove(partition, chain)) {
            chain.fence();
        }
        Drive drive = places.get(partition);
        if (drive == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> result = new CompletableFuture<>();
        // in the background first: what the journal holds of it may have to be put in its place before it can be
        // deleted
        drive.inBackground(() -> drive.flusher().worker().execute(() -> {
            try {
                drive.change("take back " + partition, () -> takeBack(drive, id));
                drive.inBackground(() -> deleteFiles(drive, id, result));
            } catch (IOException e) {
                result.completeExceptionally(e);
            }
        }));
        return result;
    }

    /** Without room for that the next start may make the directory again, as one that belongs to no topic. */
    private static boolean takeBack(Drive drive, TopicIdPartition id) throws IOException {
        try {
            drive.flusher().journal().takeBack(id);
        } catch (DiskFullException e) {
            LOG.atWarn().addKeyValue("partition", id).setCause(e).log("what the journal holds of it stays");
        }
        return true;
    }

    private void deleteFiles(Drive drive, TopicIdPartition id, CompletableFuture<Void> result) {
        TopicPartition partition = id.topicPartition();
        try {
            drive.change("delete " + partition, () -> {
                Path directory = drive.root().resolve(partition.toString());
                if (drive.disk().exists(directory)
                        && PartitionMetadata.read(drive.disk(), directory)
                                .map(id.topicId()::equals)
                                .orElse(true)) {
                    setAside(drive, partition);
                    places.remove(partition, drive);
                }
                return true;
            });
            Completions.pass(drive.forget(partition), result);
        } catch (IOException e) {
            result.completeExceptionally(e);
        }
    }

    @Override
    public CompletableFuture<RetentionOutlook> outlook(TopicIdPartition id, Shard owner, boolean withSizes) {
        TopicPartition partition = id.topicPartition();
        Drive drive = places.get(partition);
        if (drive == null) {
            return CompletableFuture.completedFuture(RetentionOutlook.NOTHING);
        }
        return drive.isOnline()
                ? drive.inBackground(owner, () -> RetentionLook.at(drive, partition, withSizes))
                : Completions.on(owner, drive.failure().thenCompose(CompletableFuture::failedFuture));
    }

    @Override
    public List<TopicPartition> partitions() {
        return List.copyOf(places.keySet());
    }

    @Override
    public Optional<Uuid> topicIdOf(TopicPartition partition) {
        Drive drive = places.get(partition);
        return drive == null ? Optional.empty() : LogDirLook.topicId(drive, partition);
    }

    @Override
    public List<LogDirState> logDirs() {
        Map<Drive, List<TopicPartition>> partitions = new HashMap<>();
        places.forEach((partition, drive) ->
                partitions.computeIfAbsent(drive, key -> new ArrayList<>()).add(partition));
        List<LogDirState> states = new ArrayList<>();
        for (Drive drive : drives) {
            states.add(LogDirLook.at(drive, partitions.getOrDefault(drive, List.of())));
        }
        return states;
    }

    @Override
    public boolean isOnline(TopicIdPartition id) {
        @Nullable Drive drive = places.get(id.topicPartition());
        return drive == null ? drives.stream().anyMatch(Drive::isOnline) : drive.isOnline();
    }

    @Override
    public boolean isWhole() {
        for (Drive drive : drives) {
            if (!drive.isOnline()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isAfterUncleanStop() {
        return afterUncleanStop;
    }

    @Override
    public void onFailure(Runnable listener) {
        failureListeners.add(listener);
    }

    @Override
    public CompletableFuture<Void> close() {
        List<CompletableFuture<Void>> closed = new ArrayList<>();
        for (Drive drive : drives) {
            CompletableFuture<Void> result = new CompletableFuture<>();
            closed.add(result);
            drive.inBackground(() -> drive.flusher().worker().execute(() -> closeDrive(drive, result)));
        }
        return CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new));
    }

    private void closeDrive(Drive drive, CompletableFuture<Void> result) {
        try {
            @Nullable DiskLock lock = locks.remove(drive);
            if (lock != null) {
                if (drive.isOnline()) {
                    drive.flusher().journal().checkpoint();
                    drive.writeRecoveryOffsets();
                    SmallFiles.replace(
                            drive.disk(),
                            drive.root(),
                            FileNames.CLEAN_SHUTDOWN,
                            "{\"version\":0,\"brokerEpoch\":-1}".getBytes(StandardCharsets.UTF_8));
                }
                drive.flusher().journal().close();
                lock.close();
            }
            result.complete(null);
        } catch (IOException e) {
            result.completeExceptionally(e);
        }
    }
}
