package io.daybook.base.record;

import io.daybook.base.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks what producers send before it goes into a log. The records are walked through, decompressed if need be, but
 * never kept: a batch that passes can be appended as it came. Reuses its memory. Not for several threads.
 */
public final class BatchCheck {
    private static final int MAX_REPORTED_RECORDS = 100;
    private static final int MAX_NAMED_RECORDS = 3;

    private final RecordWalk walk = new RecordWalk();
    private final RecordReader reader = new RecordReader();

    /** Without state; the memory is made on first use. */
    public BatchCheck() {}

    /**
     * Checks the CRC, the header, every record's lengths, offsets, key and time. The caller has checked that the batch
     * lies whole inside its buffer ({@link RecordBatches#next()}) and is not larger than the topic allows.
     */
    public BatchVerdict check(RecordBatch batch, BatchRules rules, long nowMs) {
        if (!batch.isValid()) {
            return BatchVerdict.refused(ErrorCode.CORRUPT_MESSAGE, "the CRC of the batch does not match");
        }
        String headerDefect = headerDefect(batch);
        if (!headerDefect.isEmpty()) {
            return BatchVerdict.refused(ErrorCode.INVALID_RECORD, headerDefect);
        }
        if (!Compression.isKnown(batch.compressionId())) {
            return BatchVerdict.refused(
                    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
                    "there is no compression of number " + batch.compressionId());
        }
        if (walk.isRight(batch, rules, nowMs)) {
            return BatchVerdict.accepted(walk.maxTimestampMs());
        }
        return readRecords(batch, rules, nowMs);
    }

    /** The same as {@link RecordWalk}, for every batch and with reasons, but slower. */
    BatchVerdict readRecords(RecordBatch batch, BatchRules rules, long nowMs) {
        try {
            reader.open(batch, rules.maxDecompressedBytes());
            return checkRecords(batch, rules, nowMs);
        } catch (CorruptRecordException e) {
            return BatchVerdict.refused(ErrorCode.INVALID_RECORD, String.valueOf(e.getMessage()));
        } finally {
            reader.close();
        }
    }

    private static String headerDefect(RecordBatch batch) {
        if (batch.isControl()) {
            return "Clients are not allowed to write control records";
        }
        if (batch.recordCount() <= 0) {
            return "the batch counts " + batch.recordCount() + " records";
        }
        if ((long) batch.lastOffsetDelta() + 1 != batch.recordCount()) {
            return "the last offset delta " + batch.lastOffsetDelta() + " does not fit the count of "
                    + batch.recordCount() + " records";
        }
        if (batch.hasProducerId() && (batch.baseSequence() < 0 || batch.producerEpoch() < 0)) {
            return "the producer id " + batch.producerId() + " comes with the impossible sequence number "
                    + batch.baseSequence() + " or epoch " + batch.producerEpoch();
        }
        if (batch.isTransactional() && !batch.hasProducerId()) {
            return "a transactional batch without a producer id";
        }
        return "";
    }

    private BatchVerdict checkRecords(RecordBatch batch, BatchRules rules, long nowMs) {
        List<InvalidRecord> invalid = List.of();
        boolean isTimeInvalid = false;
        long maxTimestampMs = RecordBatch.NO_TIMESTAMP;
        int recordCount = batch.recordCount();
        for (int i = 0; reader.hasNext(); i++) {
            boolean hasKey = reader.skip();
            if (reader.offsetDelta() != i) {
                throw new CorruptRecordException(
                        "record " + i + " claims to have the offset delta " + reader.offsetDelta());
            }
            long timestampMs = reader.timestampMs();
            maxTimestampMs = Math.max(maxTimestampMs, timestampMs);
            String defect = "";
            if (rules.needsKeys() && !hasKey) {
                defect = "Compacted topic cannot accept message without key";
            } else if (!isTimeValid(batch, timestampMs, rules, nowMs)) {
                defect = timeDefect(batch, timestampMs, rules, nowMs);
                isTimeInvalid = true;
            }
            if (!defect.isEmpty()) {
                invalid = invalid.isEmpty() ? new ArrayList<>() : invalid;
                if (invalid.size() < Math.min(recordCount, MAX_REPORTED_RECORDS)) {
                    invalid.add(new InvalidRecord(i, defect));
                }
            }
        }
        return invalid.isEmpty() ? BatchVerdict.accepted(maxTimestampMs) : refused(invalid, isTimeInvalid);
    }

    private static boolean isTimeValid(RecordBatch batch, long timestampMs, BatchRules rules, long nowMs) {
        if (batch.timestampType() == TimestampType.LOG_APPEND_TIME) {
            return false;
        }
        return rules.timestampType() == TimestampType.LOG_APPEND_TIME
                || timestampMs == RecordBatch.NO_TIMESTAMP
                || (timestampMs >= 0
                        && nowMs - timestampMs <= rules.timestampBeforeMaxMs()
                        && timestampMs - nowMs <= rules.timestampAfterMaxMs());
    }

    private static String timeDefect(RecordBatch batch, long timestampMs, BatchRules rules, long nowMs) {
        return batch.timestampType() == TimestampType.LOG_APPEND_TIME
                ? "Producer should not set timestamp type to LogAppendTime"
                : "Timestamp " + timestampMs + " of message is out of range. The timestamp should be within ["
                        + subtract(nowMs, rules.timestampBeforeMaxMs()) + ", "
                        + add(nowMs, rules.timestampAfterMaxMs()) + "]";
    }

    private static BatchVerdict refused(List<InvalidRecord> invalid, boolean isTimeInvalid) {
        String reason = isTimeInvalid
                ? "One or more records have been rejected due to invalid timestamp"
                : "One or more records have been rejected due to " + invalid.size()
                        + " record errors in total, and only showing the first three errors at most: "
                        + invalid.subList(0, Math.min(MAX_NAMED_RECORDS, invalid.size()));
        return new BatchVerdict(
                isTimeInvalid ? ErrorCode.INVALID_TIMESTAMP : ErrorCode.INVALID_RECORD,
                reason,
                invalid,
                RecordBatch.NO_TIMESTAMP);
    }

    private static long subtract(long fromMs, long ms) {
        return Math.max(0, fromMs - ms);
    }

    private static long add(long toMs, long ms) {
        return toMs > Long.MAX_VALUE - ms ? Long.MAX_VALUE : toMs + ms;
    }
}
