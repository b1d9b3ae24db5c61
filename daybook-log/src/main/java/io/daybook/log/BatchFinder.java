package io.daybook.log;

import io.daybook.base.record.RecordBatch;
import io.daybook.log.segment.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Looks forward in a segment, from batch to batch, for the one that contains an offset. Reads heads only. */
final class BatchFinder {
    private static final int FIRST_LOOK_BYTES = 1024;
    private static final int COLD_LOOK_BYTES = 64 << 10;
    private static final int LENGTH_AT = 8;
    private static final int LAST_OFFSET_DELTA_AT = 23;
    private static final int HEAD_BYTES = LAST_OFFSET_DELTA_AT + Integer.BYTES;

    /** Where a batch lies. */
    record Place(long position, int sizeBytes) {
        /** The segment ends before a batch that contains the offset. */
        static final Place NOWHERE = new Place(-1, 0);
        /** The bytes are not at hand. */
        static final Place COLD = new Place(-2, 0);

        boolean isNowhere() {
            return position == NOWHERE.position;
        }

        boolean isCold() {
            return position == COLD.position;
        }
    }

    private BatchFinder() {}

    /** Looks from a batch's begin, as long as the bytes are resident. */
    static Place findResident(Segment segment, long from, long offset, ByteBuffer heads) throws IOException {
        Walk walk = new Walk(segment, from, offset);
        int look = FIRST_LOOK_BYTES;
        while (!walk.isOver()) {
            int length = walk.length(Math.min(look, heads.capacity()));
            if (!segment.isResident(walk.position, length)) {
                return Place.COLD;
            }
            heads.clear().limit(length);
            segment.readResident(heads, walk.position);
            walk.over(heads.flip());
            look = heads.capacity();
        }
        return walk.found;
    }

    /** Looks from a batch's begin, loading the bytes. Fails with an {@link IOException} if there is no batch. */
    static CompletableFuture<Place> find(Segment segment, long from, long offset) {
        return step(segment, new Walk(segment, from, offset));
    }

    private static CompletableFuture<Place> step(Segment segment, Walk walk) {
        if (walk.isOver()) {
            return CompletableFuture.completedFuture(walk.found);
        }
        return segment.load(walk.position, walk.length(COLD_LOOK_BYTES)).thenCompose(bytes -> {
            try {
                walk.over(bytes);
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
            return step(segment, walk);
        });
    }

    /** How far the search has come. */
    private static final class Walk {
        private final long segmentBase;
        private final long segmentBytes;
        private final long offset;
        private long position;
        private Place found = Place.NOWHERE;

        Walk(Segment segment, long from, long offset) {
            this.segmentBase = segment.baseOffset();
            this.segmentBytes = segment.sizeBytes();
            this.offset = offset;
            this.position = from;
        }

        boolean isOver() {
            return !found.isNowhere() || segmentBytes - position < RecordBatch.HEADER_BYTES;
        }

        int length(int wanted) {
            return (int) Math.min(wanted, segmentBytes - position);
        }

        void over(ByteBuffer bytes) throws IOException {
            int at = bytes.position();
            int limit = bytes.limit();
            if (limit - at < HEAD_BYTES) {
                throw new CorruptSegmentException(segmentBase, position);
            }
            while (limit - at >= HEAD_BYTES) {
                long baseOffset = bytes.getLong(at);
                int lengthBytes = bytes.getInt(at + LENGTH_AT);
                if (baseOffset < segmentBase
                        || lengthBytes < RecordBatch.HEADER_BYTES - RecordBatch.LENGTH_PREFIX_BYTES) {
                    throw new CorruptSegmentException(segmentBase, position + at - bytes.position());
                }
                int sizeBytes = RecordBatch.LENGTH_PREFIX_BYTES + lengthBytes;
                if (baseOffset + bytes.getInt(at + LAST_OFFSET_DELTA_AT) >= offset) {
                    found = new Place(position + at - bytes.position(), sizeBytes);
                    return;
                }
                long next = (long) at + sizeBytes;
                if (next >= limit) {
                    position += next - bytes.position();
                    return;
                }
                at = (int) next;
            }
            position += at - bytes.position();
        }
    }
}
