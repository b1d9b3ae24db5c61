package io.daybook.log;

import io.daybook.base.TopicIdPartition;
import io.daybook.runtime.Shard;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * All partitions that are stored here. May be called by any thread. A log is opened on first use; one that was never
 * opened costs nothing.
 */
public final class LogEngine {
    private LogEngine() {}

    /**
     * Takes the lock of every log directory, checks who wrote it, and replays what a crash left in the journals. Opens no
     * partition.
     *
     * @return fails with a {@link LogDirectoryException} if no directory can be used; one that cannot be used for another
     *     reason than a lock, another owner or a newer version is offline
     */
    public static CompletableFuture<LogEngine> start(LogEngineConfig config, LogSeams seams) {
        throw new UnsupportedOperationException();
    }

    /**
     * The log of a partition, made if it does not exist, on the directory with the most free space. To be called once
     * until that log is closed.
     *
     * @return completed on {@code owner}; fails with a {@link LogDirectoryException} if its drive is offline, or with a
     *     {@link CorruptLogException} if data that was durable does not check
     */
    public CompletableFuture<PartitionLog> open(TopicIdPartition id, LogConfig config, Shard owner) {
        throw new UnsupportedOperationException();
    }

    /** Deletes a partition, opened or not: at once from sight, its files after a while. Durable when completed. */
    public CompletableFuture<Void> delete(TopicIdPartition id) {
        throw new UnsupportedOperationException();
    }

    /** The partitions that are stored here, opened or not. */
    public List<TopicIdPartition> partitions() {
        throw new UnsupportedOperationException();
    }

    /** The log directories with what they hold. May read directories, and so may block. */
    public List<LogDirState> logDirs() {
        throw new UnsupportedOperationException();
    }

    /** Whether the partition's drive is online (true also for a partition that does not exist yet). */
    public boolean isOnline(TopicIdPartition id) {
        throw new UnsupportedOperationException();
    }

    /** Runs, on any thread, once for each directory that goes offline from now on. */
    public void onLogDirFailure(Runnable listener) {
        throw new UnsupportedOperationException();
    }

    /**
     * Syncs and closes every open log, and leaves the mark of a clean stop. Nothing may be appended any more.
     *
     * @return completed when the directories are unlocked
     */
    public CompletableFuture<Void> close() {
        throw new UnsupportedOperationException();
    }
}
