package io.daybook.log;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.Records;
import io.daybook.log.segment.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bytes that a read asks for. What is at hand is answered at once; else indexes, heads and bytes are brought in
 * by the segment's engine, off the shard. Owned by the log's shard.
 */
final class LogReader {
    private final SegmentList segments;
    private final SegmentIndexes indexes;
    private final ByteBuffer heads;
    /** Reads anew, with the bounds that the log has then. */
    private final Function<Request, ReadResult> again;

    private long markOffset;
    private long markSegment = -1;
    private long markPosition;
    /** Where the last read that came to the end ended, which is where the next one of the same reader begins. */
    private long tailOffset;

    private long tailPosition;
    private @Nullable Segment tailSegment;

    /** One read. */
    record Request(long offset, int maxBytes, boolean atLeastOneBatch, long limitOffset) {
        Request below(long otherLimitOffset) {
            return new Request(offset, maxBytes, atLeastOneBatch, Math.min(limitOffset, otherLimitOffset));
        }

        boolean isNothing() {
            return offset >= limitOffset || (maxBytes <= 0 && !atLeastOneBatch);
        }
    }

    LogReader(SegmentList segments, SegmentIndexes indexes, ByteBuffer heads, Function<Request, ReadResult> again) {
        this.segments = segments;
        this.indexes = indexes;
        this.heads = heads;
        this.again = again;
    }

    /** This offset, where batches meet, lies at this position; spares looking for it. */
    void mark(long offset, Segment segment, long position) {
        markOffset = offset;
        markSegment = segment.baseOffset();
        markPosition = position;
    }

    /** Reads; the offset lies between the start and the end of the log, and below the limit. */
    ReadResult read(Request request, int intervalBytes) {
        int index = segments.floor(request.offset);
        while (index < segments.count()) {
            IndexedSegment segment = segments.get(index);
            if (segment.baseOffset() >= request.limitOffset) {
                return new ReadResult.Slice(Records.EMPTY);
            }
            try {
                BatchFinder.Place begin = isAtTail(segment, request)
                        ? new BatchFinder.Place(tailPosition, 0)
                        : place(segment, Math.max(request.offset, segment.baseOffset()));
                if (begin.isCold()) {
                    return pending(segment, request, intervalBytes);
                }
                if (!begin.isNowhere()) {
                    return readFrom(segment, begin, request, intervalBytes);
                }
            } catch (IOException e) {
                return failed(segment, e);
            }
            index++;
        }
        return new ReadResult.Slice(Records.EMPTY);
    }

    /** Whether it begins where one ended, and all that came since fits, so that no batch has to be looked at. */
    private boolean isAtTail(IndexedSegment segment, Request request) {
        long availableBytes = segment.sizeBytes() - tailPosition;
        return segment.segment() == tailSegment
                && request.offset == tailOffset
                && availableBytes > 0
                && availableBytes <= request.maxBytes;
    }

    private ReadResult readFrom(IndexedSegment segment, BatchFinder.Place begin, Request request, int intervalBytes)
            throws IOException {
        BatchFinder.Place end = end(segment, request.limitOffset);
        if (end.isCold()) {
            return pending(segment, request, intervalBytes);
        }
        int sizeBytes = sizeBytes(segment, begin, end.position(), request);
        if (sizeBytes == 0) {
            return new ReadResult.Slice(Records.EMPTY);
        }
        Segment bytes = segment.segment();
        if (!bytes.isResident(begin.position(), sizeBytes)) {
            return pending(segment, request, intervalBytes);
        }
        ended(segment, begin.position() + sizeBytes, end.position(), request.limitOffset);
        return new ReadResult.Slice(bytes.records(begin.position(), sizeBytes));
    }

    private void ended(IndexedSegment segment, long position, long end, long limitOffset) {
        if (position == end) {
            tailOffset = Math.min(limitOffset, segment.endOffset());
            tailPosition = end;
            tailSegment = segment.segment();
        }
    }

    private BatchFinder.Place place(IndexedSegment segment, long offset) throws IOException {
        if (!segment.hasIndexes()) {
            return BatchFinder.Place.COLD;
        }
        long from = segment.baseOffset() == markSegment && markOffset == offset
                ? markPosition
                : segment.offsets().positionBefore(offset - segment.baseOffset());
        return BatchFinder.findResident(segment.segment(), from, offset, heads);
    }

    /** Where the bytes below the limit end in this segment. */
    private BatchFinder.Place end(IndexedSegment segment, long limitOffset) throws IOException {
        if (limitOffset >= segment.endOffset()) {
            return new BatchFinder.Place(segment.sizeBytes(), 0);
        }
        if (segment.baseOffset() == markSegment && limitOffset == markOffset) {
            return new BatchFinder.Place(markPosition, 0);
        }
        BatchFinder.Place place = place(segment, limitOffset);
        return place.isNowhere() ? new BatchFinder.Place(segment.sizeBytes(), 0) : place;
    }

    /** How much is handed out: whole batches, as many as fit, at least one if asked for. */
    private static int sizeBytes(IndexedSegment segment, BatchFinder.Place begin, long end, Request request) {
        long available = end - begin.position();
        if (available <= 0) {
            return 0;
        }
        if (available <= request.maxBytes) {
            return (int) available;
        }
        long limit = begin.position() + request.maxBytes;
        long whole = segment.offsets().batchBeginAtOrBefore(limit) - begin.position();
        if (whole >= begin.sizeBytes()) {
            return (int) whole;
        }
        return begin.sizeBytes() <= request.maxBytes || request.atLeastOneBatch ? begin.sizeBytes() : 0;
    }

    private ReadResult pending(IndexedSegment segment, Request request, int intervalBytes) {
        CompletableFuture<ReadResult> result = indexes.load(segment, intervalBytes)
                .thenCompose(loaded -> find(segment, Math.max(request.offset, segment.baseOffset())))
                .thenCompose(begin -> begin.isNowhere()
                        ? next(segment, request, intervalBytes)
                        : find(segment, request.limitOffset)
                                .thenCompose(end -> load(segment, begin, end, request, intervalBytes)))
                .handle((found, error) -> error == null
                        ? CompletableFuture.completedFuture(found)
                        : failed(segment, request, error.getCause() == null ? error : error.getCause()))
                .thenCompose(Function.identity());
        return new ReadResult.Pending(result);
    }

    /** Retention or compaction may have taken the segment meanwhile: then the log has another answer. */
    private CompletableFuture<ReadResult> failed(IndexedSegment segment, Request request, Throwable error) {
        return segments.indexOf(segment) < 0
                ? settled(again.apply(request))
                : CompletableFuture.completedFuture(failed(segment, error));
    }

    private static CompletableFuture<ReadResult> settled(ReadResult result) {
        return result instanceof ReadResult.Pending
                ? ((ReadResult.Pending) result).result()
                : CompletableFuture.completedFuture(result);
    }

    private CompletableFuture<BatchFinder.Place> find(IndexedSegment segment, long offset) {
        if (offset >= segment.endOffset()) {
            return CompletableFuture.completedFuture(BatchFinder.Place.NOWHERE);
        }
        if (!segment.hasIndexes()) {
            return indexes.load(segment, 0).thenCompose(loaded -> find(segment, offset));
        }
        int from = segment.offsets().positionBefore(offset - segment.baseOffset());
        return BatchFinder.find(segment.segment(), from, offset);
    }

    private CompletableFuture<ReadResult> next(IndexedSegment segment, Request request, int intervalBytes) {
        int index = segments.indexOf(segment) + 1;
        if (index <= 0 || index >= segments.count()) {
            return CompletableFuture.completedFuture(new ReadResult.Slice(Records.EMPTY));
        }
        Request behind = new Request(
                Math.max(request.offset, segments.get(index).baseOffset()),
                request.maxBytes,
                request.atLeastOneBatch,
                request.limitOffset);
        return settled(read(behind, intervalBytes));
    }

    /** Retention may have let go of the indexes since they were loaded. */
    private CompletableFuture<ReadResult> load(
            IndexedSegment segment,
            BatchFinder.Place begin,
            BatchFinder.Place end,
            Request request,
            int intervalBytes) {
        return indexes.load(segment, intervalBytes).thenCompose(loaded -> {
            long endPosition = end.isNowhere() ? segment.sizeBytes() : end.position();
            int sizeBytes = sizeBytes(segment, begin, endPosition, request);
            ended(segment, begin.position() + sizeBytes, endPosition, request.limitOffset);
            return sizeBytes == 0
                    ? CompletableFuture.completedFuture(new ReadResult.Slice(Records.EMPTY))
                    : segment.segment().loadRecords(begin.position(), sizeBytes).thenApply(ReadResult.Slice::new);
        });
    }

    private static ReadResult failed(IndexedSegment segment, Throwable error) {
        ErrorCode code =
                error instanceof CorruptSegmentException ? ErrorCode.CORRUPT_MESSAGE : ErrorCode.KAFKA_STORAGE_ERROR;
        return new ReadResult.Failed(code, "segment " + segment.baseOffset() + ": " + error.getMessage());
    }
}
