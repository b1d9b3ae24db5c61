package io.daybook.sim.log;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.RecordReader;
import io.daybook.broker.partition.FetchPosition;
import io.daybook.broker.partition.Isolation;
import io.daybook.broker.partition.LogTask;
import io.daybook.broker.partition.Partition;
import io.daybook.broker.partition.PartitionRead;
import io.daybook.log.PartitionLog;
import java.util.TreeMap;

/** Reads a partition from its start to its end, and holds what it finds against the model. */
final class FullRead {
    private static final int FETCH_BYTES = 20_000;

    private final Partition partition;
    private final PartitionModel model;
    private final TreeMap<Long, String> read = new TreeMap<>();
    private long startOffset;
    private long endOffset;
    private boolean wasClean;
    private ErrorCode outcome = ErrorCode.NONE;
    private boolean isDone;

    FullRead(Partition partition, PartitionModel model) {
        this.partition = partition;
        this.model = model;
    }

    /** Begins; the rest happens on the partition's shard. */
    void start() {
        partition
                .shard()
                .post(() -> partition.withLog(new LogTask() {
                    @Override
                    public void run(PartitionLog log) {
                        startOffset = log.startOffset();
                        endOffset = log.durableOffset();
                        wasClean = log.recovery().clean();
                        model.foundEnd(endOffset);
                        model.ended(endOffset);
                        readFrom(startOffset);
                    }

                    @Override
                    public void refuse(ErrorCode code, String reason) {
                        end(code);
                    }
                }));
    }

    boolean isDone() {
        return isDone;
    }

    /** Why it could not be read, or {@link ErrorCode#NONE}. */
    ErrorCode outcome() {
        return outcome;
    }

    /** Whether the log was opened without a need to recover. */
    boolean wasClean() {
        return wasClean;
    }

    private void readFrom(long offset) {
        if (offset >= endOffset) {
            read.tailMap(endOffset, true).clear();
            model.complete(read, startOffset, endOffset);
            end(ErrorCode.NONE);
            return;
        }
        FetchPosition from = new FetchPosition(offset, FETCH_BYTES, FetchPosition.NO_EPOCH, FetchPosition.NO_EPOCH);
        partition.read(
                from, Isolation.READ_UNCOMMITTED, FETCH_BYTES, true, found -> model.guard(() -> take(offset, found)));
    }

    private void take(long offset, PartitionRead found) {
        if (found.code() == ErrorCode.OFFSET_OUT_OF_RANGE) {
            // retention was quicker
            read.clear();
            start();
            return;
        }
        if (!found.code().isNone()) {
            end(found.code());
            return;
        }
        RecordBatches batches = new RecordBatches(found.records().buffer());
        found.release();
        long next = offset;
        while (batches.nextValid()) {
            for (BatchRecord each : RecordReader.readAll(batches.batch(), RecordReader.UNBOUNDED)) {
                read.put(each.offset(), model.nameOf(each));
            }
            next = batches.batch().nextOffset();
        }
        if (next <= offset || !batches.end().isWhole()) {
            throw model.broken(
                    "a read at " + offset + " below the end " + endOffset + " leads nowhere: " + batches.end());
        }
        readFrom(next);
    }

    private void end(ErrorCode code) {
        outcome = code;
        isDone = true;
    }
}
