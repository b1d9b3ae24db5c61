package io.daybook.broker.partition;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.Records;
import io.daybook.log.AbortedTransaction;
import io.daybook.log.EpochEndOffset;
import io.daybook.log.PartitionLog;
import io.daybook.log.ReadResult;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads an open log the way consumers read. Owned by the partition's shard. */
final class PartitionReader {
    private static final Logger log = LoggerFactory.getLogger(PartitionReader.class);

    private final Partition partition;
    private final PartitionLog source;
    private PartitionRead nothingYet = PartitionRead.nothingYet(ReadableOffsets.UNKNOWN);

    PartitionReader(Partition partition, PartitionLog source) {
        this.partition = partition;
        this.source = source;
    }

    /** What can be read now; the same object as long as nothing changed. */
    ReadableOffsets offsets() {
        return nothingYet().offsets();
    }

    void read(FetchPosition from, Isolation isolation, int maxBytes, boolean atLeastOneBatch, ReadReply reply) {
        ErrorCode fenced = partition.checkLeaderEpoch(from.currentLeaderEpoch());
        if (!fenced.isNone()) {
            reply.complete(PartitionRead.failed(fenced));
            return;
        }
        PartitionRead nothing = nothingYet();
        ReadableOffsets offsets = nothing.offsets();
        if (from.lastFetchedEpoch() != FetchPosition.NO_EPOCH) {
            EpochEndOffset end = partition.endOfEpoch(source, from.lastFetchedEpoch());
            if (end.leaderEpoch() < 0) {
                reply.complete(PartitionRead.failed(ErrorCode.OFFSET_OUT_OF_RANGE));
                return;
            }
            if (end.leaderEpoch() < from.lastFetchedEpoch() || end.endOffset() < from.offset()) {
                reply.complete(new PartitionRead(ErrorCode.NONE, offsets, Records.EMPTY, List.of(), end));
                return;
            }
        }
        long endOffset = offsets.endFor(isolation);
        if (from.offset() >= endOffset && from.offset() <= source.endOffset()) {
            reply.complete(nothing);
            return;
        }
        ReadResult result = source.read(from.offset(), maxBytes, atLeastOneBatch, endOffset);
        if (result instanceof ReadResult.Pending) {
            ((ReadResult.Pending) result)
                    .result()
                    .whenComplete((late, failure) -> complete(
                            late == null
                                    ? new ReadResult.Failed(ErrorCode.KAFKA_STORAGE_ERROR, String.valueOf(failure))
                                    : late,
                            from,
                            isolation,
                            nothing,
                            reply));
        } else {
            complete(result, from, isolation, nothing, reply);
        }
    }

    private void complete(
            ReadResult result, FetchPosition from, Isolation isolation, PartitionRead nothing, ReadReply reply) {
        if (result instanceof ReadResult.Slice) {
            Records records = ((ReadResult.Slice) result).records();
            if (isolation == Isolation.READ_COMMITTED && records.sizeBytes() > 0) {
                withAborted(records, from, nothing.offsets(), reply);
            } else {
                reply.complete(read(nothing.offsets(), records, List.of()));
            }
        } else if (result instanceof ReadResult.OutOfRange) {
            reply.complete(PartitionRead.failed(ErrorCode.OFFSET_OUT_OF_RANGE));
        } else {
            ReadResult.Failed failed = (ReadResult.Failed) result;
            log.atError()
                    .addKeyValue("partition", partition.id())
                    .addKeyValue("offset", from.offset())
                    .addKeyValue("error", failed.code())
                    .addKeyValue("reason", failed.reason())
                    .log("records cannot be read");
            reply.complete(PartitionRead.failed(failed.code()));
        }
    }

    private void withAborted(Records records, FetchPosition from, ReadableOffsets offsets, ReadReply reply) {
        source.abortedTransactions(from.offset(), offsets.lastStableOffset()).whenComplete((aborted, failure) -> {
            if (failure == null) {
                reply.complete(read(offsets, records, aborted));
            } else {
                read(offsets, records, List.of()).release();
                reply.complete(PartitionRead.failed(ErrorCode.KAFKA_STORAGE_ERROR));
            }
        });
    }

    private static PartitionRead read(ReadableOffsets offsets, Records records, List<AbortedTransaction> aborted) {
        return new PartitionRead(ErrorCode.NONE, offsets, records, aborted, EpochEndOffset.UNKNOWN);
    }

    /** The answer for a reader at the end. It is kept, since most partitions of most fetches are at their end. */
    private PartitionRead nothingYet() {
        ReadableOffsets last = nothingYet.offsets();
        long highWatermark = source.durableOffset();
        long lastStableOffset = source.lastStableOffset();
        long logStartOffset = source.startOffset();
        if (last.highWatermark() != highWatermark
                || last.lastStableOffset() != lastStableOffset
                || last.logStartOffset() != logStartOffset) {
            nothingYet = PartitionRead.nothingYet(new ReadableOffsets(highWatermark, lastStableOffset, logStartOffset));
        }
        return nothingYet;
    }
}
