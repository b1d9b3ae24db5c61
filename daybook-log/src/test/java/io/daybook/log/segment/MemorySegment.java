package io.daybook.log.segment;

import io.daybook.base.record.MemoryRecords;
import io.daybook.base.record.Records;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** A segment in memory; its last owner writes to it. */
final class MemorySegment implements Segment {
    private final long baseOffset;
    private final MemoryChain chain;
    private byte[] bytes = new byte[1024];
    private int sizeBytes;
    private int durableBytes;
    private long endOffset;
    private boolean durable;

    MemorySegment(MemoryChain chain, long baseOffset) {
        this.chain = chain;
        this.baseOffset = baseOffset;
        this.endOffset = baseOffset;
    }

    /** The same content for a new owner; the old owner's view changes no more. */
    MemorySegment ownedBy(MemoryChain owner) {
        MemorySegment view = new MemorySegment(owner, baseOffset);
        view.bytes = bytes.clone();
        view.sizeBytes = sizeBytes;
        view.durableBytes = durableBytes;
        view.endOffset = endOffset;
        view.durable = durable;
        return view;
    }

    void loseUnsynced() {
        sizeBytes = durableBytes;
    }

    boolean isDurable() {
        return durable;
    }

    void durableUpTo(int newDurableBytes) {
        durable = true;
        durableBytes = Math.max(durableBytes, newDurableBytes);
    }

    long endOffset() {
        return endOffset;
    }

    @Override
    public long baseOffset() {
        return baseOffset;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public StorageFault append(ByteBuffer source, long newEndOffset) {
        StorageFault fault = chain.writable();
        if (fault != StorageFault.NONE) {
            return fault;
        }
        int length = source.remaining();
        if (sizeBytes + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, sizeBytes + length));
        }
        source.get(source.position(), bytes, sizeBytes, length);
        sizeBytes += length;
        endOffset = newEndOffset;
        return StorageFault.NONE;
    }

    @Override
    public CompletableFuture<Void> cutTail(long keptBytes) {
        sizeBytes = (int) keptBytes;
        durableBytes = sizeBytes;
        return chain.answer(null);
    }

    @Override
    public boolean isResident(long position, int length) {
        return chain.areReadsResident();
    }

    @Override
    public void readResident(ByteBuffer target, long position) {
        target.put(bytes, (int) position, target.remaining());
    }

    @Override
    public Records records(long position, int length) {
        return new MemoryRecords(ByteBuffer.wrap(bytes, (int) position, length));
    }

    @Override
    public CompletableFuture<ByteBuffer> load(long position, int length) {
        int available = (int) Math.max(0, Math.min(length, sizeBytes - position));
        return chain.answer(ByteBuffer.wrap(Arrays.copyOfRange(bytes, (int) position, (int) position + available)));
    }

    @Override
    public CompletableFuture<Records> loadRecords(long position, int length) {
        return chain.answer(records(position, length));
    }
}
