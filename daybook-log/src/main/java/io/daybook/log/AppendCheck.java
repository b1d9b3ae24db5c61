package io.daybook.log;

import io.daybook.base.ErrorCode;
import io.daybook.base.TopicIdPartition;
import io.daybook.base.record.BatchCheck;
import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.BatchRules;
import io.daybook.base.record.BatchVerdict;
import io.daybook.base.record.Compression;
import io.daybook.base.record.CorruptRecordException;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.RecordReader;
import io.daybook.base.record.TimestampType;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks batches before an append and brings them into the form that the topic asks for: times, rarely another codec.
 * Offsets and producers are the log's business. One per shard.
 */
final class AppendCheck {
    private static final int MAGIC_AT = 16;

    private final BatchCheck check = new BatchCheck();
    private final RecordBatches batches = new RecordBatches(ByteBuffer.allocate(0));
    private ByteBuffer prepared = ByteBuffer.allocate(0);

    /**
     * Checks and prepares.
     *
     * @return the refusal, or null if {@link #prepared} may be appended
     */
    AppendResult.@Nullable Refused prepare(
            TopicIdPartition id, ByteBuffer bytes, AppendOrigin origin, LogConfig config, long nowMs) {
        prepared = bytes;
        AppendResult.@Nullable Refused refused = checkBounds(id, bytes, origin, config);
        if (refused != null || origin == AppendOrigin.COORDINATOR) {
            return refused;
        }
        RecordBatch batch = RecordBatch.at(bytes, bytes.position());
        LogConfig.Timestamps times = config.timestamps();
        BatchRules rules = new BatchRules(
                config.compaction().compact(),
                times.appendTime() ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
                times.beforeMaxMs(),
                times.afterMaxMs(),
                BatchRules.DEFAULT_MAX_DECOMPRESSED_BYTES);
        BatchVerdict verdict = check.check(batch, rules, nowMs);
        if (!verdict.isAccepted()) {
            return new AppendResult.Refused(
                    verdict.code(),
                    verdict.reason(),
                    verdict.invalidRecords().stream()
                            .map(record -> new RecordError(record.recordIndex(), record.reason()))
                            .toList());
        }
        Optional<Compression> target = Compression.named(config.compressionType());
        if (target.isPresent() && target.get() != batch.compression()) {
            prepared = recompressed(batch, target.get(), config.compressionLevel());
            batch = RecordBatch.at(prepared, 0);
        }
        if (times.appendTime()) {
            batch.setMaxTimestamp(TimestampType.LOG_APPEND_TIME, nowMs);
        } else {
            batch.setMaxTimestamp(TimestampType.CREATE_TIME, verdict.maxTimestampMs());
        }
        return null;
    }

    /** What may be appended, from position to limit; the same buffer unless the codec had to be changed. */
    ByteBuffer prepared() {
        return prepared;
    }

    private AppendResult.@Nullable Refused checkBounds(
            TopicIdPartition id, ByteBuffer bytes, AppendOrigin origin, LogConfig config) {
        boolean isClient = origin == AppendOrigin.CLIENT;
        if (bytes.remaining() > MAGIC_AT && bytes.get(bytes.position() + MAGIC_AT) != RecordBatch.MAGIC) {
            return refused(
                    ErrorCode.INVALID_RECORD,
                    "Produce requests are only allowed to contain record batches with magic version 2");
        }
        batches.reset(bytes);
        int count = 0;
        while (isClient ? batches.next() : batches.nextValid()) {
            RecordBatch batch = batches.batch();
            count++;
            if (isClient && batch.baseOffset() != 0) {
                return refused(
                        ErrorCode.INVALID_RECORD,
                        "The baseOffset of the record batch in the append to " + id + " should be 0, but it is "
                                + batch.baseOffset());
            }
            if (batch.sizeBytes() > config.maxMessageBytes() && isClient) {
                return refused(
                        ErrorCode.MESSAGE_TOO_LARGE,
                        "The record batch size in the append to " + id + " is " + batch.sizeBytes()
                                + " bytes which exceeds the maximum configured value of " + config.maxMessageBytes()
                                + ".");
            }
        }
        if (!batches.end().isWhole()) {
            return refused(
                    ErrorCode.CORRUPT_MESSAGE,
                    "The batches in the append to " + id + " are not whole: "
                            + batches.end().reason());
        }
        if (count == 0 || (isClient && count > 1)) {
            return refused(
                    ErrorCode.INVALID_RECORD,
                    "Produce requests must have exactly one record batch per partition, not " + count);
        }
        if (bytes.remaining() > config.segmentBytes() && isClient) {
            return refused(
                    ErrorCode.RECORD_LIST_TOO_LARGE,
                    "Message batch size is " + bytes.remaining() + " bytes in append to partition " + id
                            + ", which exceeds the maximum configured segment size of " + config.segmentBytes() + ".");
        }
        return null;
    }

    private static AppendResult.Refused refused(ErrorCode code, String reason) {
        return new AppendResult.Refused(code, reason);
    }

    /** The same records under another codec. */
    private static ByteBuffer recompressed(RecordBatch batch, Compression target, int level) {
        RecordBatchBuilder builder = new RecordBatchBuilder(
                        target, level == LogConfig.DEFAULT_COMPRESSION_LEVEL ? target.defaultLevel() : level)
                .producer(batch.producerId(), batch.producerEpoch(), batch.baseSequence());
        if (batch.isTransactional()) {
            builder.transactional();
        }
        try (RecordReader reader = RecordReader.of(batch, BatchRules.DEFAULT_MAX_DECOMPRESSED_BYTES)) {
            while (reader.hasNext()) {
                BatchRecord record = reader.next();
                builder.append(record.timestampMs(), record.key(), record.value(), record.headers());
            }
        } catch (CorruptRecordException e) {
            throw new IllegalStateException("a checked batch does not decode", e);
        }
        return builder.build();
    }
}
