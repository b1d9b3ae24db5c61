package io.daybook.broker.coordinator;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.BatchRecord;
import io.daybook.base.record.Compression;
import io.daybook.base.record.CorruptRecordException;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.RecordReader;
import io.daybook.base.record.Records;
import io.daybook.base.wire.MalformedMessageException;
import io.daybook.broker.partition.Partition;
import io.daybook.log.AppendOrigin;
import io.daybook.log.AppendResult;
import io.daybook.log.FileRecords;
import io.daybook.log.PartitionLog;
import io.daybook.log.ReadResult;
import io.daybook.runtime.Ticker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A coordinator's log in a partition of this broker. Owned by the partition's shard, and the only one that appends to
 * the partition.
 *
 * @param <R> the coordinator's records
 */
public final class PartitionCoordinatorLog<R> implements CoordinatorLog<R> {
    private static final Logger log = LoggerFactory.getLogger(PartitionCoordinatorLog.class);

    /** How much is read at a time; between two reads the shard serves others. */
    private static final int REPLAY_CHUNK_BYTES = 1024 * 1024;

    private final Partition partition;
    private final PartitionLog partitionLog;
    private final CoordinatorRecordFormat<R> format;
    private final Ticker ticker;

    /** {@code partitionLog} is the log of {@code partition}, and stays open. */
    public PartitionCoordinatorLog(
            Partition partition, PartitionLog partitionLog, CoordinatorRecordFormat<R> format, Ticker ticker) {
        this.partition = partition;
        this.partitionLog = partitionLog;
        this.format = format;
        this.ticker = ticker;
    }

    @Override
    public CompletableFuture<ErrorCode> replay(Consumer<List<R>> sink) {
        partition.shard().checkOwner();
        CompletableFuture<ErrorCode> done = new CompletableFuture<>();
        replayFrom(partitionLog.startOffset(), sink, done);
        return done;
    }

    @Override
    public CoordinatorAppend append(List<R> records) {
        partition.shard().checkOwner();
        long nowMs = ticker.wallMs();
        RecordBatchBuilder batch = new RecordBatchBuilder(Compression.NONE);
        for (R record : records) {
            batch.append(nowMs, format.key(record), format.value(record));
        }
        AppendResult result = partitionLog.append(batch.build(), AppendOrigin.COORDINATOR, partition.leaderEpoch());
        return result instanceof AppendResult.Refused
                ? CoordinatorAppend.refused(result.code(), ((AppendResult.Refused) result).reason())
                : CoordinatorAppend.appended(result.lastOffset() + 1);
    }

    @Override
    public CompletableFuture<ErrorCode> whenDurable(long endOffset) {
        return partitionLog.whenDurable(endOffset);
    }

    private void replayFrom(long offset, Consumer<List<R>> sink, CompletableFuture<ErrorCode> done) {
        long endOffset = partitionLog.endOffset();
        if (offset >= endOffset) {
            partitionLog.whenDurable(endOffset).thenAccept(done::complete);
            return;
        }
        ReadResult result = partitionLog.read(offset, REPLAY_CHUNK_BYTES, true, endOffset);
        if (result instanceof ReadResult.Pending) {
            ((ReadResult.Pending) result).result().thenAccept(read -> replay(offset, read, sink, done));
        } else {
            replay(offset, result, sink, done);
        }
    }

    private void replay(long offset, ReadResult result, Consumer<List<R>> sink, CompletableFuture<ErrorCode> done) {
        if (!(result instanceof ReadResult.Slice)) {
            log.atError()
                    .addKeyValue("partition", partition.id())
                    .addKeyValue("offset", offset)
                    .addKeyValue("result", result)
                    .log("coordinator's log cannot be read");
            done.complete(ErrorCode.KAFKA_STORAGE_ERROR);
            return;
        }
        Records records = ((ReadResult.Slice) result).records();
        try {
            long nextOffset = replay(records.buffer(), sink);
            if (nextOffset <= offset) {
                throw new CorruptRecordException("no batch at offset " + offset);
            }
            partition.shard().post(() -> replayFrom(nextOffset, sink, done));
        } catch (CorruptRecordException | MalformedMessageException e) {
            log.atError()
                    .addKeyValue("partition", partition.id())
                    .addKeyValue("offset", offset)
                    .setCause(e)
                    .log("coordinator's log is damaged");
            done.complete(ErrorCode.CORRUPT_MESSAGE);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        } finally {
            if (records instanceof FileRecords) {
                ((FileRecords) records).release();
            }
        }
    }

    /** Returns the offset after the last batch, or -1 if there is none. */
    private long replay(ByteBuffer bytes, Consumer<List<R>> sink) {
        long nextOffset = -1;
        RecordBatches batches = new RecordBatches(bytes);
        while (batches.next()) {
            RecordBatch batch = batches.batch();
            nextOffset = batch.lastOffset() + 1;
            if (!batch.isControl()) {
                sink.accept(decode(batch));
            }
        }
        return nextOffset;
    }

    private List<R> decode(RecordBatch batch) {
        List<R> decoded = new ArrayList<>();
        try (RecordReader reader = RecordReader.of(batch, RecordReader.UNBOUNDED)) {
            while (reader.hasNext()) {
                BatchRecord record = reader.next();
                ByteBuffer key = record.key();
                Optional<R> known = key == null ? Optional.empty() : format.read(key, record.value());
                known.ifPresent(decoded::add);
            }
        }
        return decoded;
    }
}
