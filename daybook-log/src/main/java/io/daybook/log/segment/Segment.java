package io.daybook.log.segment;

import io.daybook.base.record.Records;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * A run of bytes that grows at its end while it is the last of its chain, and never changes otherwise. Owned by the shard
 * that opened the chain; its futures are completed there.
 */
public interface Segment {
    /** The offset of its first record; names it within the chain. */
    long baseOffset();

    /** How many bytes were appended, durable or not. */
    long sizeBytes();

    /**
     * Takes what remains in {@code bytes}, as a whole or not at all; borrowed until it returns, position and limit are left
     * alone. The bytes survive the end of this process, though perhaps not that of the system, and can be read at once; when
     * they are durable the chain's listener hears of it (see {@link SegmentChain#sync()}). Only on the last segment.
     *
     * @param endOffset the offset after the last record, exclusive
     */
    StorageFault append(ByteBuffer bytes, long endOffset);

    /**
     * Likewise, when {@link SegmentChain#sync()} follows and nobody relies on the bytes before they are durable: an engine that
     * makes them durable in another place first may write them to the segment later, where the end of this process loses them
     * until then. They can be read at once all the same.
     */
    default StorageFault appendDeferred(ByteBuffer bytes, long endOffset) {
        return append(bytes, endOffset);
    }

    /**
     * Cuts off bytes that were never acknowledged, during recovery, before the first append. For an engine whose segments
     * can end in torn bytes; others are never asked to.
     *
     * @return completes when it is durable
     */
    CompletableFuture<Void> cutTail(long sizeBytes);

    /** Whether these bytes are at hand, so that {@link #readResident} and {@link #records} do not wait for a disk. */
    boolean isResident(long position, int sizeBytes);

    /** Fills {@code target} from this position with bytes that are resident. */
    void readResident(ByteBuffer target, long position) throws IOException;

    /** Resident bytes, to be handed to the network. */
    Records records(long position, int sizeBytes) throws IOException;

    /** A copy of the bytes, fewer if the segment ends before. Fails with an {@link IOException}. */
    CompletableFuture<ByteBuffer> load(long position, int sizeBytes);

    /** Brings the bytes to hand, off this thread, and returns them as {@link #records} does. Fails with an {@link IOException}. */
    CompletableFuture<Records> loadRecords(long position, int sizeBytes);
}
