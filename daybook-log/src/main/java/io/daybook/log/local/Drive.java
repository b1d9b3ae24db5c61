package io.daybook.log.local;

import io.daybook.base.TopicPartition;
import io.daybook.log.LogDirectoryException;
import io.daybook.log.LogEngineConfig;
import io.daybook.log.segment.StorageFault;
import io.daybook.runtime.Disk;
import io.daybook.runtime.DiskFile;
import io.daybook.runtime.DiskFullException;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import io.daybook.runtime.Worker;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One log directory with its two workers. Once a sync failed here the drive is offline for good: the system marks pages
 * clean after a failed sync, so a second one would lie. Safe for use by any thread.
 */
final class Drive {
    private static final Logger LOG = LoggerFactory.getLogger(Drive.class);

    /** One that waits for its bytes stands behind these at most. */
    private static final int MAX_READS_AHEAD = 8;

    private final Disk disk;
    private final Path root;
    private final Ticker ticker;
    private final Worker background;
    private final Flusher flusher;
    private final WriteBehindBuffers writeBehind;
    private final AtomicLong cachedBytes = new AtomicLong();
    private final Map<TopicPartition, Long> recoveryOffsets = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> startOffsets = new ConcurrentHashMap<>();
    private final CompletableFuture<LogDirectoryException> failure = new CompletableFuture<>();
    private final AtomicReference<@Nullable CompletableFuture<Void>> nextCheckpoint = new AtomicReference<>();
    private final long hotBytes;
    private final CacheReader cacheReader;
    private final AtomicInteger readsAhead = new AtomicInteger();

    Drive(Disk disk, Path root, DriveWorkers workers, Ticker ticker, LogEngineConfig config) {
        this.disk = disk;
        this.root = root;
        this.ticker = ticker;
        this.background = workers.background();
        this.hotBytes = config.hotBytes();
        this.cacheReader = new CacheReader(ticker, cachedBytes);
        this.flusher = new Flusher(this, workers.flusher(), config.journal());
        this.writeBehind =
                new WriteBehindBuffers(disk, root, background, config.journal().heldBytes());
    }

    Disk disk() {
        return disk;
    }

    Path root() {
        return root;
    }

    Ticker ticker() {
        return ticker;
    }

    Flusher flusher() {
        return flusher;
    }

    /** The memory in which its files hold what they write later. */
    WriteBehindBuffers writeBehind() {
        return writeBehind;
    }

    boolean isOnline() {
        return !failure.isDone();
    }

    /** Completed, on the thread that finds out, when the drive goes offline. */
    CompletableFuture<LogDirectoryException> failure() {
        return failure;
    }

    /** Nothing on this drive is acknowledged any more. */
    void goOffline(String doing, Exception cause) {
        LogDirectoryException reason = new LogDirectoryException(
                "log directory " + root + " is offline after a failure (" + doing
                        + "); restart when the drive is sound",
                cause);
        if (failure.complete(reason)) {
            LOG.atError()
                    .addKeyValue("directory", root)
                    .addKeyValue("doing", doing)
                    .setCause(cause)
                    .log("drive failed; its partitions are offline");
        }
    }

    /** Brings what is read into memory. For the background worker. */
    CacheReader cacheReader() {
        return cacheReader;
    }

    /** Whether something may be read before anybody asks for it; {@link #endReadAhead} follows. */
    boolean beginReadAhead() {
        if (readsAhead.incrementAndGet() <= MAX_READS_AHEAD) {
            return true;
        }
        readsAhead.decrementAndGet();
        return false;
    }

    void endReadAhead() {
        readsAhead.decrementAndGet();
    }

    /** How many bytes were appended on this drive or came from it; says how long ago something came into memory. */
    AtomicLong cachedBytes() {
        return cachedBytes;
    }

    /** The last so many bytes that were appended or came from the drive are taken to be in memory. */
    long hotBytes() {
        return hotBytes;
    }

    /** The offsets below which segments are known to be whole and synced by themselves. */
    Map<TopicPartition, Long> recoveryOffsets() {
        return recoveryOffsets;
    }

    Map<TopicPartition, Long> startOffsets() {
        return startOffsets;
    }

    /** Runs something that blocks on the background worker; the future completes on {@code owner}. */
    <T> CompletableFuture<T> inBackground(Shard owner, IoTask<T> task) {
        return run(background, owner, task);
    }

    /** Likewise between two rounds of the flusher. */
    <T> CompletableFuture<T> betweenRounds(Shard owner, IoTask<T> task) {
        return run(flusher.worker(), owner, task);
    }

    /** Runs something on the background worker whose end interests nobody on a shard. */
    void inBackground(Runnable task) {
        background.execute(task);
    }

    /** For changes that must reach the disk: what fails takes the drive offline. */
    <T> T change(String doing, IoTask<T> task) throws IOException {
        if (!isOnline()) {
            throw new IOException("log directory " + root + " is offline");
        }
        try {
            return task.run();
        } catch (IOException e) {
            if (faultOf(e) != StorageFault.DISK_FULL) {
                goOffline(doing, e);
            }
            throw e;
        }
    }

    /**
     * Syncs the segments of a chain that are durable in the journal only, and their names. One that is gone may have been
     * deleted, or have left its files to another owner, who does not know what of them the journal holds. On the flusher.
     *
     * @return whether the root must be synced before that counts
     */
    boolean syncJournaled(LocalChain chain) throws IOException {
        boolean isGone = chain.isGone();
        boolean anyNew = false;
        for (LocalSegment segment : chain.flushState().journaled()) {
            segment.writeOut();
            if (isGone) {
                anyNew |= syncLeft(new LeftSegment(chain.directoryName(), segment.baseOffset()));
            } else {
                syncUnlessDeleted(segment.path());
            }
        }
        chain.flushState().segmentsSynced();
        if (isGone) {
            return anyNew;
        }
        recoveryOffsets.put(chain.id().topicPartition(), chain.flushState().durableOffset());
        return syncNames(chain);
    }

    /**
     * Makes durable what the chain's directory holds and, if that is not known to be, whose it is. On the flusher.
     *
     * @return whether the root must be synced before that counts
     */
    boolean syncNames(LocalChain chain) throws IOException {
        FlushState state = chain.flushState();
        boolean isNew = state.isPartitionPending();
        if (state.isDirectoryPending()) {
            try {
                if (isNew) {
                    PartitionMetadata.sync(disk, chain.directory());
                }
                disk.syncDirectory(chain.directory());
            } catch (IOException e) {
                // one that was deleted meanwhile may lack its files; that is no failure of the drive
                if (!chain.isGone()) {
                    throw e;
                }
            }
            state.namesSynced();
        }
        return isNew;
    }

    /** Likewise a segment that no chain holds. */
    boolean syncLeft(LeftSegment segment) throws IOException {
        if (!syncUnlessDeleted(segment.path(root))) {
            return false;
        }
        try {
            PartitionMetadata.sync(disk, segment.directory(root));
            disk.syncDirectory(segment.directory(root));
            return true;
        } catch (NoSuchFileException e) {
            LOG.atDebug().addKeyValue("segment", segment).log("partition was deleted before it was synced");
            return false;
        }
    }

    private boolean syncUnlessDeleted(Path path) throws IOException {
        if (!disk.exists(path)) {
            return false;
        }
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            file.sync();
            return true;
        } catch (NoSuchFileException e) {
            LOG.atDebug().addKeyValue("file", path).log("segment was deleted before it was synced");
            return false;
        }
    }

    /** Forgets the offsets of a partition that is no more; completes when a crash cannot bring them back. */
    CompletableFuture<Void> forget(TopicPartition partition) {
        boolean known = recoveryOffsets.remove(partition) != null | startOffsets.remove(partition) != null;
        return known ? checkpointSoon() : CompletableFuture.completedFuture(null);
    }

    /** Writes both checkpoints once for all who ask before it is done. Completes on the flusher. */
    CompletableFuture<Void> checkpointSoon() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> waiting = nextCheckpoint.compareAndExchange(null, mine);
        if (waiting != null) {
            return waiting;
        }
        flusher.worker().execute(() -> {
            nextCheckpoint.set(null);
            try {
                change("write checkpoints", () -> {
                    writeRecoveryOffsets();
                    writeStartOffsets();
                    return true;
                });
                mine.complete(null);
            } catch (IOException e) {
                mine.completeExceptionally(e);
            }
        });
        return mine;
    }

    void writeRecoveryOffsets() throws IOException {
        SmallFiles.replace(disk, root, FileNames.RECOVERY_POINTS, OffsetCheckpoint.encode(recoveryOffsets));
    }

    void writeStartOffsets() throws IOException {
        SmallFiles.replace(disk, root, FileNames.START_OFFSETS, OffsetCheckpoint.encode(startOffsets));
    }

    static StorageFault faultOf(IOException e) {
        return e instanceof DiskFullException ? StorageFault.DISK_FULL : StorageFault.DISK_FAILED;
    }

    private static <T> CompletableFuture<T> run(Worker worker, Shard owner, IoTask<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        worker.execute(() -> {
            try {
                T value = task.run();
                owner.post(() -> result.complete(value));
            } catch (IOException | RuntimeException e) {
                owner.post(() -> result.completeExceptionally(e));
            }
        });
        return result;
    }
}
