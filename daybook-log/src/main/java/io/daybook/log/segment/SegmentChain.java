package io.daybook.log.segment;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A partition's segments as one owner holds them. Owned by a shard; its futures are completed there. Opening a chain
 * fences whoever opened it before: the stale owner's changes are refused, its appends never become durable.
 *
 * <p>Changes of the chain (roll, replace, remove) take effect for the owner at once and are committed behind; nothing that
 * was appended after a change is reported durable before the change is.
 */
public interface SegmentChain {
    /** What the owner hears, on its shard. */
    interface Listener {
        /**
         * Everything below {@code endOffset} is durable; ever larger.
         *
         * @param segment in which the last of it lies
         * @param sizeBytes where it ends in that segment, exclusive
         */
        void durable(long endOffset, Segment segment, long sizeBytes);

        /** Nothing more becomes durable, for ever. Once. */
        void failed(StorageFault fault);
    }

    /** Larger for each opening of this chain. */
    long ownerEpoch();

    /** The segments when it was opened, by base offset; empty for a new chain. Only the last may be cut or grow. */
    List<Segment> initialSegments();

    /** Below this offset every byte is known to be whole and durable, as of the opening; 0 if nothing is known. */
    long recoveryOffset();

    /** The start offset last set, 0 for a new chain. */
    long startOffset();

    /** Who hears about durability; set once, before the first append. */
    void listen(Listener listener);

    /**
     * What was appended so far, deferred or not, survives the end of this process when it returns.
     *
     * @return false if it could not be written; then only what is durable is safe
     */
    default boolean writeOut() {
        return true;
    }

    /** Closes the last segment and starts the next. */
    Segment roll(long baseOffset);

    /** Takes segments that nobody may read any more out of the chain; bytes handed out before stay readable. */
    CompletableFuture<Void> remove(List<Segment> segments);

    /** A segment beside the chain, to be filled and then put in by {@link #replace}; appends to it are not reported. */
    Segment createReplacement(long baseOffset);

    /** Puts {@code replacement} in the place of adjoining closed segments, all or nothing even in a crash. */
    CompletableFuture<Void> replace(List<Segment> replaced, Segment replacement);

    /** Remembers a start offset. Completes when it is durable. */
    CompletableFuture<Void> setStartOffset(long startOffset);

    /**
     * Everything below {@code endOffset} was found whole, and the segments' bytes were made durable by {@link
     * Segment#cutTail}. Completes when the chain itself is durable too; the next opening may start from there.
     */
    CompletableFuture<Void> recovered(long endOffset);

    /** Makes what was appended so far durable; the listener hears of it. Where every append is, nothing is done. */
    void sync();

    /** Stores a small thing, replacing one of the same name. Completes when stored; a crash may lose it. */
    CompletableFuture<Void> writeBlob(BlobKind kind, long offset, ByteBuffer bytes);

    /** Reads a small thing; empty if there is none. */
    CompletableFuture<Optional<ByteBuffer>> readBlob(BlobKind kind, long offset);

    /** The names of the small things of a kind when the chain was opened, ascending. */
    List<Long> initialBlobs(BlobKind kind);

    /** Deletes a small thing, if it exists. */
    CompletableFuture<Void> removeBlob(BlobKind kind, long offset);

    /** Lets go of what was not used for so long and costs something (open files). The next use takes it again. */
    void rest(long unusedMs);

    /** Makes everything durable and lets go. The last call. */
    CompletableFuture<Void> close();
}
