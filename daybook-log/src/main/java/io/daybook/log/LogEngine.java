package io.daybook.log;

import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.log.local.LocalSegmentEngine;
import io.daybook.log.segment.SegmentEngine;
import io.daybook.runtime.Completions;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All partitions that are stored here. May be called by any thread. A log is opened on first use; one that was never
 * opened costs nothing.
 */
public final class LogEngine {
    private final SegmentEngine engine;
    private final Ticker ticker;
    private final int producerIdExpirationMs;
    private final long idleFileCloseMs;
    private final OpenLogLimit openLogs;
    private final Map<Shard, ShardLogs> shards = new ConcurrentHashMap<>();

    /**
     * On any engine.
     *
     * @param producerIdExpirationMs a producer silent for so long is forgotten
     * @param idleFileCloseMs a log that is not used for so long lets go of its files
     */
    public LogEngine(SegmentEngine engine, Ticker ticker, int producerIdExpirationMs, long idleFileCloseMs) {
        this(engine, ticker, producerIdExpirationMs, idleFileCloseMs, Integer.MAX_VALUE);
    }

    private LogEngine(
            SegmentEngine engine, Ticker ticker, int producerIdExpirationMs, long idleFileCloseMs, int maxOpenLogs) {
        this.openLogs = new OpenLogLimit(maxOpenLogs);
        this.engine = engine;
        this.ticker = ticker;
        this.producerIdExpirationMs = producerIdExpirationMs;
        this.idleFileCloseMs = idleFileCloseMs;
    }

    /**
     * On local drives: takes the lock of every log directory, checks who wrote it, and replays what a crash left in the
     * journals. Opens no partition.
     *
     * @return fails with a {@link LogDirectoryException} if no directory can be used, or if one is locked, of another
     *     owner or from a newer version; one that cannot be used for another reason is offline
     */
    public static CompletableFuture<LogEngine> start(LogEngineConfig config, LogSeams seams) {
        return LocalSegmentEngine.start(config, seams)
                .thenApply(engine -> new LogEngine(
                        engine,
                        seams.ticker(),
                        config.producerIdExpirationMs(),
                        config.idleFileCloseMs(),
                        config.maxOpenLogs()));
    }

    /**
     * The log of a partition, made if it does not exist, on the directory with the most free space. To be called once
     * until that log is closed.
     *
     * @return completed on {@code owner}; fails with a {@link LogDirectoryException} if its drive is offline, or with a
     *     {@link CorruptLogException} if data that was durable does not check
     */
    public CompletableFuture<PartitionLog> open(TopicIdPartition id, LogConfig config, Shard owner) {
        ShardLogs logs = shards.computeIfAbsent(owner, shard -> new ShardLogs(shard, idleFileCloseMs, openLogs));
        return engine.open(id, owner)
                .thenCompose(chain -> LogOpening.open(
                        new LogContext(id, owner, chain, ticker, logs.scratch(), producerIdExpirationMs), config))
                .thenApply(logs::opened);
    }

    /**
     * What retention has to expect of a log that is not open. Opens and changes nothing.
     *
     * @param withSizes whether {@link RetentionOutlook#bytesBehindFirst} is asked for
     * @return completed on {@code owner}; fails if that cannot be read, or if its drive is offline
     */
    public CompletableFuture<RetentionOutlook> outlook(TopicIdPartition id, Shard owner, boolean withSizes) {
        return engine.outlook(id, owner, withSizes);
    }

    /** Deletes a partition, opened or not: at once from sight, its files after a while. Durable when completed. */
    public CompletableFuture<Void> delete(TopicIdPartition id) {
        return engine.delete(id);
    }

    /** The names of the partitions that are stored here, opened or not, possibly of topics that are no more. Cheap. */
    public List<TopicPartition> partitions() {
        return engine.partitions();
    }

    /** Which topic the stored partition of this name belongs to, if that can be told. Reads a file, and so may block. */
    public Optional<Uuid> topicIdOf(TopicPartition partition) {
        return engine.topicIdOf(partition);
    }

    /** The log directories with what they hold. Reads directories, and so may block. */
    public List<LogDirState> logDirs() {
        return engine.logDirs();
    }

    /** Whether the partition's drive is online (true also for a partition that does not exist yet). */
    public boolean isOnline(TopicIdPartition id) {
        return engine.isOnline(id);
    }

    /** Whether the logs were not closed in order before this start: with {@link Durability#OS} they may have lost their ends. */
    public boolean isAfterUncleanStop() {
        return engine.isAfterUncleanStop();
    }

    /** Whether no directory is offline. Cheap. */
    public boolean isWhole() {
        return engine.isWhole();
    }

    /** Runs, on any thread, once for each directory that goes offline from now on. */
    public void onLogDirFailure(Runnable listener) {
        engine.onFailure(listener);
    }

    /**
     * Syncs and closes every open log, and leaves the mark of a clean stop. Nothing may be appended any more. The shards
     * must still run.
     *
     * @return completed when the directories are unlocked
     */
    public CompletableFuture<Void> close() {
        List<CompletableFuture<Void>> closed = new ArrayList<>();
        shards.forEach((shard, logs) -> {
            CompletableFuture<Void> result = new CompletableFuture<>();
            closed.add(result);
            shard.run(() -> Completions.pass(logs.close(), result));
        });
        return CompletableFuture.allOf(closed.toArray(CompletableFuture[]::new))
                .handle((done, error) -> engine.close())
                .thenCompose(engineClosed -> engineClosed);
    }
}
