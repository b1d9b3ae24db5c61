package io.daybook.base.record;

import java.nio.ByteBuffer;

/**
 * Goes over the batches that lie between the position and the limit of a buffer, without touching these, nor allocating
 * per batch. {@link #next()} checks that a whole header and as many bytes as it counts are there; {@link #nextValid()}
 * checks the CRC as well. Not for several threads.
 */
public final class RecordBatches {
    private final RecordBatch batch = new RecordBatch();
    private ByteBuffer buffer;
    private int nextPosition;
    private ScanEnd end;

    /** Over what is between position and limit. The bytes are borrowed as long as this is used. */
    public RecordBatches(ByteBuffer bytes) {
        this.buffer = bytes;
        this.nextPosition = bytes.position();
        this.end = new ScanEnd.Whole(bytes.position());
    }

    /** Starts again over other bytes. */
    public void reset(ByteBuffer bytes) {
        buffer = bytes;
        nextPosition = bytes.position();
        end = new ScanEnd.Whole(bytes.position());
    }

    /** Moves {@link #batch()} to the next batch. Its CRC is not checked. False at the end, whose kind {@link #end()} tells. */
    public boolean next() {
        return advance(false);
    }

    /** Like {@link #next()}, but stops also at a batch whose CRC does not match. */
    public boolean nextValid() {
        return advance(true);
    }

    /** The batch that the last successful {@link #next()} moved to; the same object every time. */
    public RecordBatch batch() {
        return batch;
    }

    /** Why the iteration ended. Meaningful once {@link #next()} has returned false. */
    public ScanEnd end() {
        return end;
    }

    private boolean advance(boolean checkCrc) {
        int remaining = buffer.limit() - nextPosition;
        if (remaining == 0) {
            end = new ScanEnd.Whole(nextPosition);
            return false;
        }
        if (remaining < RecordBatch.LENGTH_PREFIX_BYTES) {
            return torn(remaining + " bytes are left, less than a batch's length takes");
        }
        int lengthBytes = buffer.getInt(nextPosition + Long.BYTES);
        if (lengthBytes < RecordBatch.HEADER_BYTES - RecordBatch.LENGTH_PREFIX_BYTES
                || lengthBytes > Integer.MAX_VALUE - RecordBatch.LENGTH_PREFIX_BYTES) {
            return corrupt("the length " + lengthBytes + " is impossible for a batch");
        }
        if (remaining < RecordBatch.HEADER_BYTES) {
            return torn(remaining + " bytes are left, less than a batch's header takes");
        }
        batch.wrap(buffer, nextPosition);
        if (batch.magic() != RecordBatch.MAGIC) {
            return corrupt("the format (magic) is " + batch.magic() + " instead of " + RecordBatch.MAGIC);
        }
        if (remaining < batch.sizeBytes()) {
            return torn("the batch counts " + batch.sizeBytes() + " bytes, " + remaining + " are left");
        }
        if (checkCrc && !batch.isValid()) {
            return corrupt("the CRC does not match");
        }
        nextPosition += batch.sizeBytes();
        return true;
    }

    private boolean torn(String reason) {
        end = new ScanEnd.Torn(nextPosition, reason);
        return false;
    }

    private boolean corrupt(String reason) {
        end = new ScanEnd.Corrupt(nextPosition, reason);
        return false;
    }
}
