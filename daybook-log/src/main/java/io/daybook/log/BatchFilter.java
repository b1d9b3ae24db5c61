package io.daybook.log;

import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.base.record.RecordReader;
import io.daybook.base.record.TimestampType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what of a batch a compaction keeps: of each key the last record, of tombstones those that are young enough,
 * markers always, and of every known producer its last batch, if need be empty, since that carries its sequence.
 */
final class BatchFilter {
    private final KeyOffsets lastOffsets;
    private final Set<Long> lastBatches;
    private final long nowMs;
    private final long deleteRetentionMs;

    /**
     * For one compaction.
     *
     * @param lastBatches the last offsets of the last batches of the known producers
     */
    BatchFilter(KeyOffsets lastOffsets, Set<Long> lastBatches, long nowMs, long deleteRetentionMs) {
        this.lastOffsets = lastOffsets;
        this.lastBatches = lastBatches;
        this.nowMs = nowMs;
        this.deleteRetentionMs = deleteRetentionMs;
    }

    /** The batch as it is kept: itself, a smaller one, or nothing. */
    Optional<ByteBuffer> filter(RecordBatch batch) {
        if (batch.isControl()) {
            return Optional.of(batch.slice());
        }
        List<BatchRecord> kept = new ArrayList<>();
        boolean hasTombstone = false;
        int count = 0;
        for (BatchRecord record : RecordReader.readAll(batch, RecordReader.UNBOUNDED)) {
            count++;
            if (isKept(batch, record)) {
                kept.add(record);
                hasTombstone |= record.value() == null;
            }
        }
        boolean needsHorizon = hasTombstone && !batch.hasDeleteHorizon();
        if (count > 0 && kept.size() == count && !needsHorizon) {
            return Optional.of(batch.slice());
        }
        if (kept.isEmpty() && !lastBatches.contains(batch.lastOffset())) {
            return Optional.empty();
        }
        return Optional.of(rebuilt(batch, kept, needsHorizon));
    }

    private boolean isKept(RecordBatch batch, BatchRecord record) {
        ByteBuffer key = record.key();
        if (key == null) {
            return false;
        }
        if (lastOffsets.get(key) > record.offset()) {
            return false;
        }
        boolean expired = batch.hasDeleteHorizon() && nowMs >= batch.baseTimestamp();
        return record.value() != null || !expired;
    }

    private ByteBuffer rebuilt(RecordBatch batch, List<BatchRecord> kept, boolean needsHorizon) {
        RecordBatchBuilder builder = new RecordBatchBuilder(batch.compression())
                .baseOffset(batch.baseOffset())
                .partitionLeaderEpoch(batch.partitionLeaderEpoch())
                .producer(batch.producerId(), batch.producerEpoch(), batch.baseSequence())
                .lastOffset(batch.lastOffset());
        if (batch.isTransactional()) {
            builder.transactional();
        }
        if (batch.timestampType() == TimestampType.LOG_APPEND_TIME) {
            builder.logAppendTime(batch.maxTimestamp());
        }
        if (needsHorizon) {
            builder.deleteHorizon(nowMs + deleteRetentionMs);
        } else if (batch.hasDeleteHorizon()) {
            builder.deleteHorizon(batch.baseTimestamp());
        }
        kept.forEach(builder::appendAt);
        return builder.build();
    }
}
