package io.daybook.log;

import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatches;
import io.daybook.log.segment.BlobKind;
import io.daybook.log.segment.Segment;
import io.daybook.log.segment.SegmentChain;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Stores and loads the indexes of segments. What is missing or damaged is built anew from the batches. */
final class SegmentIndexes {
    private static final int LOOK_BYTES = 1 << 20;

    private final SegmentChain chain;

    SegmentIndexes(SegmentChain chain) {
        this.chain = chain;
    }

    /** Writes the indexes of a segment; completes when written. They need not be durable, since they can be rebuilt. */
    CompletableFuture<Void> store(IndexedSegment segment) {
        segment.addTimeEntry();
        long base = segment.baseOffset();
        CompletableFuture<Void> offsets =
                chain.writeBlob(BlobKind.OFFSET_INDEX, base, segment.offsets().encode());
        CompletableFuture<Void> times =
                chain.writeBlob(BlobKind.TIME_INDEX, base, segment.times().encode());
        CompletableFuture<Void> aborted = segment.aborted().isEmpty()
                ? CompletableFuture.completedFuture(null)
                : chain.writeBlob(BlobKind.TXN_INDEX, base, TxnIndex.encode(segment.aborted()));
        segment.indexesStored();
        return CompletableFuture.allOf(offsets, times, aborted);
    }

    /** Brings the indexes of a segment into memory. */
    CompletableFuture<Void> load(IndexedSegment segment, int intervalBytes) {
        if (segment.hasIndexes()) {
            return CompletableFuture.completedFuture(null);
        }
        return read(segment.segment()).thenCompose(found -> {
            if (segment.hasIndexes()) {
                return CompletableFuture.completedFuture(null);
            }
            if (found.isPresent()) {
                segment.adopt(found.get().offsets, found.get().times, found.get().aborted);
                return CompletableFuture.completedFuture(null);
            }
            return rebuild(segment, intervalBytes);
        });
    }

    /** The stored indexes, if all are there and make sense. */
    CompletableFuture<Optional<Stored>> read(Segment segment) {
        long base = segment.baseOffset();
        CompletableFuture<Optional<ByteBuffer>> times = chain.readBlob(BlobKind.TIME_INDEX, base);
        CompletableFuture<Optional<ByteBuffer>> aborted = chain.readBlob(BlobKind.TXN_INDEX, base);
        return chain.readBlob(BlobKind.OFFSET_INDEX, base)
                .thenCombine(times, (offsetBytes, timeBytes) -> {
                    Optional<OffsetIndex> offsetIndex =
                            offsetBytes.flatMap(bytes -> OffsetIndex.decode(bytes, segment.sizeBytes()));
                    Optional<TimeIndex> timeIndex = timeBytes.flatMap(TimeIndex::decode);
                    return offsetIndex.flatMap(
                            offsets -> timeIndex.map(found -> new Stored(offsets, found, List.of())));
                })
                .thenCombine(
                        aborted,
                        (stored, bytes) -> stored.flatMap(both -> bytes.map(TxnIndex::decode)
                                .orElse(Optional.of(List.of()))
                                .map(all -> new Stored(both.offsets, both.times, all))));
    }

    private CompletableFuture<Void> rebuild(IndexedSegment segment, int intervalBytes) {
        IndexedSegment fresh = IndexedSegment.empty(segment.segment(), segment.createdMs());
        return rebuildFrom(fresh, 0, LOOK_BYTES, intervalBytes).thenCompose(done -> {
            fresh.addTimeEntry();
            segment.adopt(fresh);
            return store(segment);
        });
    }

    private CompletableFuture<Void> rebuildFrom(IndexedSegment segment, long position, int look, int intervalBytes) {
        if (position >= segment.sizeBytes()) {
            return CompletableFuture.completedFuture(null);
        }
        return segment.segment().load(position, look).thenCompose(bytes -> {
            RecordBatches batches = new RecordBatches(bytes);
            int start = bytes.position();
            long next = position;
            while (batches.next()) {
                RecordBatch batch = batches.batch();
                segment.index(batch, position + batch.position() - start, intervalBytes);
                next = position + batch.position() - start + batch.sizeBytes();
            }
            if (next == position) {
                if (look >= segment.sizeBytes() - position) {
                    return CompletableFuture.failedFuture(new CorruptSegmentException(segment.baseOffset(), position));
                }
                return rebuildFrom(segment, position, Math.max(look, look * 4), intervalBytes);
            }
            return rebuildFrom(segment, next, LOOK_BYTES, intervalBytes);
        });
    }

    /** The indexes of one segment. */
    record Stored(OffsetIndex offsets, TimeIndex times, List<AbortedTransaction> aborted) {}
}
