package io.daybook.log;

import io.daybook.base.ErrorCode;
import io.daybook.log.segment.Segment;
import io.daybook.log.segment.SegmentChain;
import io.daybook.log.segment.StorageFault;
import java.util.concurrent.CompletableFuture;

/**
 * How far a log is as durable as its topic asks for, who waits for that, and whether it can go on: the high watermark.
 * Hears from the chain of segments. Owned by the log's shard.
 */
final class LogDurability implements SegmentChain.Listener {
    private static final Runnable NOBODY = () -> {};

    private final LogContext context;
    private final LogReader reader;
    private final ProducerStates producers;
    private final DurabilityWaiters waiters;
    private LogConfig.Flush flush;
    private Runnable onAdvance = NOBODY;
    private long durableOffset;
    private long unsyncedRecords;
    private boolean syncTimerRuns;
    private StorageFault fault = StorageFault.NONE;
    private boolean closed;

    LogDurability(
            LogContext context, LogReader reader, ProducerStates producers, LogConfig.Flush flush, long endOffset) {
        this.context = context;
        this.reader = reader;
        this.producers = producers;
        this.waiters = new DurabilityWaiters(context.shard(), context.ticker());
        this.flush = flush;
        this.durableOffset = endOffset;
    }

    /** Exclusive. */
    long durableOffset() {
        return durableOffset;
    }

    /** Whether the drive failed. */
    boolean isOffline() {
        return fault != StorageFault.NONE;
    }

    boolean isClosed() {
        return closed;
    }

    /** Why the log takes nothing more, or that it does. */
    StorageFault obstacle() {
        return closed ? StorageFault.FENCED : fault;
    }

    boolean isWritable() {
        return obstacle() == StorageFault.NONE;
    }

    /** So many records were appended, up to this end. */
    void appended(long records, long endOffset) {
        if (isSynced()) {
            context.chain().sync();
            return;
        }
        advance(endOffset);
        unsyncedRecords += records;
        if (unsyncedRecords >= flush.messages()) {
            syncNow();
        } else if (!syncTimerRuns && flush.ms() < Long.MAX_VALUE) {
            syncTimerRuns = true;
            context.shard().schedule(flush.ms(), () -> {
                syncTimerRuns = false;
                syncNow();
            });
        }
    }

    /** What is asked for from now on, of what is in the log too. What cannot be written is synced still, as it was to be. */
    void configure(LogConfig.Flush newFlush, long endOffset) {
        flush = newFlush;
        if (isSynced()) {
            context.chain().sync();
        } else if (context.chain().writeOut()) {
            advance(endOffset);
        }
    }

    /** See {@link PartitionLog#whenDurable(long, long)}. */
    CompletableFuture<ErrorCode> when(long waitedEndOffset, long timeoutMs) {
        if (waitedEndOffset <= durableOffset) {
            return DurabilityWaiters.durable();
        }
        if (!isWritable()) {
            return CompletableFuture.completedFuture(ErrorCode.KAFKA_STORAGE_ERROR);
        }
        return waiters.add(waitedEndOffset, timeoutMs);
    }

    /** Runs each time after the durable offset moved or the log failed. */
    void onAdvance(Runnable listener) {
        onAdvance = listener;
    }

    /** Takes nothing more; those who wait still do. */
    void close() {
        closed = true;
        waiters.stop();
    }

    /** The chain is closed too: whoever still waits hears how it ended. */
    void end() {
        waiters.answer(durableOffset);
        waiters.fail(ErrorCode.KAFKA_STORAGE_ERROR);
    }

    @Override
    public void durable(long durableEndOffset, Segment segment, long sizeBytes) {
        if (isSynced() || durableEndOffset > durableOffset) {
            reader.mark(durableEndOffset, segment, sizeBytes);
            advance(durableEndOffset);
        }
    }

    @Override
    public void failed(StorageFault newFault) {
        fault = newFault;
        waiters.fail(newFault.code());
        onAdvance.run();
    }

    /** Whether every append is followed by a sync, and nobody hears of it before. */
    boolean isSynced() {
        return flush.durability() == Durability.FSYNC || flush.messages() == 1;
    }

    private void syncNow() {
        unsyncedRecords = 0;
        if (!closed) {
            context.chain().sync();
        }
    }

    private void advance(long newDurableOffset) {
        if (newDurableOffset > durableOffset) {
            durableOffset = newDurableOffset;
            producers.durable(durableOffset);
            waiters.answer(durableOffset);
            onAdvance.run();
        }
    }
}
