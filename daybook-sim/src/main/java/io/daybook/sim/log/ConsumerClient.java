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
import io.daybook.runtime.RandomSource;

/** A consumer of one partition. What it has seen must never be taken back. */
final class ConsumerClient {
    private final PartitionModel model;
    private final RandomSource random;
    private long offset;
    private boolean isWaiting;

    ConsumerClient(PartitionModel model, RandomSource random) {
        this.model = model;
        this.random = random;
    }

    /** The connection is gone, and perhaps the end of the log. */
    void reconnect() {
        isWaiting = false;
        if (!model.isSynced()) {
            offset = 0;
        }
    }

    void poll(Partition partition) {
        if (isWaiting) {
            return;
        }
        isWaiting = true;
        if (random.nextInt(20) == 0) {
            offset = 0;
        }
        int maxBytes = 1 + random.nextInt(6000);
        FetchPosition from = new FetchPosition(offset, maxBytes, FetchPosition.NO_EPOCH, FetchPosition.NO_EPOCH);
        partition
                .shard()
                .post(() -> partition.read(
                        from,
                        Isolation.READ_UNCOMMITTED,
                        maxBytes,
                        true,
                        found -> model.guard(() -> take(partition, found))));
    }

    private void take(Partition partition, PartitionRead found) {
        if (found.code() == ErrorCode.OFFSET_OUT_OF_RANGE) {
            partition.withLog(new LogTask() {
                @Override
                public void run(PartitionLog log) {
                    reset(log);
                }

                @Override
                public void refuse(ErrorCode code, String reason) {
                    isWaiting = false;
                }
            });
            return;
        }
        if (found.code().isNone()) {
            RecordBatches batches = new RecordBatches(found.records().buffer());
            found.release();
            long from = offset;
            while (batches.nextValid()) {
                if (batches.batch().nextOffset() > found.offsets().highWatermark()) {
                    throw model.broken(batches.batch() + " was given to a consumer, above the high watermark "
                            + found.offsets().highWatermark());
                }
                for (BatchRecord each : RecordReader.readAll(batches.batch(), RecordReader.UNBOUNDED)) {
                    if (each.offset() >= from) {
                        model.seen(each);
                    }
                }
                offset = Math.max(offset, batches.batch().nextOffset());
            }
            if (!batches.end().isWhole()) {
                throw model.broken("a consumer at " + from + " was given " + batches.end());
            }
        }
        isWaiting = false;
    }

    private void reset(PartitionLog log) {
        model.started(log.startOffset());
        if (log.startOffset() <= offset && offset <= log.durableOffset()) {
            throw model.broken(offset + " was called out of range, the log goes from " + log.startOffset() + " to "
                    + log.durableOffset());
        }
        offset = log.startOffset();
        isWaiting = false;
    }
}
