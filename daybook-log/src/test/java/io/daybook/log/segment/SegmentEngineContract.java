package io.daybook.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.TopicIdPartition;
import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.runtime.ManualShard;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every engine keeps to. Runs unchanged against each of them. */
public abstract class SegmentEngineContract {
    static final TopicIdPartition ID = new TopicIdPartition(new Uuid(3, 4), new TopicPartition("contract", 0));

    protected final ManualShard shard = new ManualShard();

    /** The engine under test; again and again over the same store, as after a restart. */
    protected abstract SegmentEngine start();

    /** Lets the engine do what is outstanding, one thing at a time; false if there was nothing. */
    protected abstract boolean step();

    /** From now on syncs fail. */
    protected abstract void breakDrive();

    /** What is not durable is gone; the engine with it. */
    protected abstract void crash();

    private void settle() {
        do {
            shard.runAll();
        } while (step() || shard.pendingCount() > 0);
    }

    private <T> T await(CompletableFuture<T> future) {
        settle();
        assertThat(future).isDone();
        return future.join();
    }

    private static ByteBuffer batch(long baseOffset, String value) {
        return new RecordBatchBuilder(Compression.NONE)
                .baseOffset(baseOffset)
                .append(1, null, ByteBuffer.wrap(value.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .build();
    }

    /** Remembers what it hears. */
    private static final class Heard implements SegmentChain.Listener {
        private final List<Long> durable = new ArrayList<>();
        private final List<StorageFault> failures = new ArrayList<>();

        @Override
        public void durable(long endOffset, Segment segment, long sizeBytes) {
            durable.add(endOffset);
        }

        @Override
        public void failed(StorageFault fault) {
            failures.add(fault);
        }

        long last() {
            return durable.isEmpty() ? 0 : durable.get(durable.size() - 1);
        }
    }

    private Heard listenTo(SegmentChain chain) {
        Heard heard = new Heard();
        chain.listen(heard);
        return heard;
    }

    @Test
    void aNewChainIsEmpty() {
        SegmentChain chain = await(start().open(ID, shard));

        assertThat(chain.initialSegments()).isEmpty();
        assertThat(chain.startOffset()).isZero();
        assertThat(chain.recoveryOffset()).isZero();
    }

    @Test
    void appendedBytesAreReadableAtOnceAndDurableLater() {
        SegmentChain chain = await(start().open(ID, shard));
        Heard heard = listenTo(chain);
        Segment segment = chain.roll(0);

        StorageFault fault = segment.append(batch(0, "a"), 1);
        chain.sync();

        assertThat(fault).isEqualTo(StorageFault.NONE);
        assertThat(heard.durable).isEmpty();
        assertThat(await(segment.load(0, 10_000))).isEqualTo(batch(0, "a"));
        assertThat(heard.durable).containsExactly(1L);
    }

    @Test
    void deferredBytesAreReadableAtOnceAndSurviveACrashOnceDurable() {
        SegmentChain chain = await(start().open(ID, shard));
        Heard heard = listenTo(chain);
        Segment segment = chain.roll(0);
        ByteBuffer whole = ByteBuffer.allocate(4 * batch(0, "a").remaining());
        for (int i = 0; i < 4; i++) {
            whole.put(batch(i, "a"));
            StorageFault fault =
                    i == 2 ? segment.append(batch(i, "a"), i + 1) : segment.appendDeferred(batch(i, "a"), i + 1);
            chain.sync();
            assertThat(fault).isEqualTo(StorageFault.NONE);
            assertThat(heard.last()).isEqualTo(i);
            assertThat(segment.sizeBytes()).isEqualTo(whole.position());
            assertThat(await(segment.load(0, 10_000))).isEqualTo(whole.slice(0, whole.position()));
            assertThat(heard.last()).isEqualTo(i + 1);
        }

        crash();
        SegmentChain reopened = await(start().open(ID, shard));

        assertThat(await(reopened.initialSegments().get(0).load(0, 10_000))).isEqualTo(whole.flip());
    }

    @Test
    void durabilityIsReportedInOrderOverRolls() {
        SegmentChain chain = await(start().open(ID, shard));
        Heard heard = listenTo(chain);
        for (int i = 0; i < 6; i++) {
            Segment segment = chain.roll(i * 2);
            segment.append(batch(i * 2, "a"), i * 2 + 1);
            chain.sync();
            segment.append(batch(i * 2 + 1, "b"), i * 2 + 2);
            chain.sync();
            if (i % 2 == 0) {
                step();
                shard.runAll();
            }
        }
        settle();

        assertThat(heard.durable).isSorted();
        assertThat(heard.last()).isEqualTo(12);
    }

    @Test
    void whatWasReportedDurableSurvivesACrash() {
        SegmentChain chain = await(start().open(ID, shard));
        Heard heard = listenTo(chain);
        Segment first = chain.roll(0);
        first.append(batch(0, "a"), 1);
        Segment second = chain.roll(1);
        second.append(batch(1, "b"), 2);
        chain.sync();
        settle();

        second.append(batch(2, "never acknowledged"), 3);
        crash();
        SegmentChain reopened = await(start().open(ID, shard));

        assertThat(heard.last()).isEqualTo(2);
        assertThat(reopened.initialSegments()).extracting(Segment::baseOffset).containsExactly(0L, 1L);
        assertThat(await(reopened.initialSegments().get(0).load(0, 10_000))).isEqualTo(batch(0, "a"));
        ByteBuffer tail = await(reopened.initialSegments().get(1).load(0, 10_000));
        assertThat(tail.slice(0, batch(1, "b").remaining())).isEqualTo(batch(1, "b"));
    }

    @Test
    void aStaleOwnerIsFenced() {
        SegmentEngine engine = start();
        SegmentChain stale = await(engine.open(ID, shard));
        Heard staleHeard = listenTo(stale);
        Segment staleSegment = stale.roll(0);
        staleSegment.append(batch(0, "a"), 1);
        stale.sync();
        settle();

        SegmentChain current = await(engine.open(ID, shard));
        StorageFault fault = staleSegment.append(batch(1, "stale"), 2);
        stale.sync();
        settle();

        assertThat(current.ownerEpoch()).isGreaterThan(stale.ownerEpoch());
        assertThat(fault).isEqualTo(StorageFault.FENCED);
        assertThat(staleHeard.last()).isEqualTo(1);
        assertThat(staleHeard.failures).containsExactly(StorageFault.FENCED);
        assertThat(current.initialSegments()).hasSize(1);
        assertThat(current.initialSegments().get(0).sizeBytes())
                .isEqualTo(batch(0, "a").remaining());
    }

    @Test
    void afterAFailureNothingIsReportedDurable() {
        SegmentChain chain = await(start().open(ID, shard));
        Heard heard = listenTo(chain);
        Segment segment = chain.roll(0);
        segment.append(batch(0, "a"), 1);
        chain.sync();
        settle();

        breakDrive();
        segment.append(batch(1, "b"), 2);
        chain.sync();
        settle();

        assertThat(heard.durable).containsExactly(1L);
        assertThat(heard.failures).containsExactly(StorageFault.DISK_FAILED);
        assertThat(segment.append(batch(2, "c"), 3)).isEqualTo(StorageFault.DISK_FAILED);
    }

    @Test
    void removedSegmentsAreGoneAndTheRestStays() {
        SegmentEngine engine = start();
        SegmentChain chain = await(engine.open(ID, shard));
        listenTo(chain);
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            segments.add(chain.roll(i));
            segments.get(i).append(batch(i, "v" + i), i + 1);
        }
        chain.sync();
        settle();

        await(chain.remove(segments.subList(0, 2)));
        await(chain.setStartOffset(2));
        await(chain.close());
        SegmentChain reopened = await(engine.open(ID, shard));

        assertThat(reopened.initialSegments()).extracting(Segment::baseOffset).containsExactly(2L);
        assertThat(reopened.startOffset()).isEqualTo(2);
    }

    @Test
    void aReplacementTakesThePlaceOfSegments() {
        SegmentEngine engine = start();
        SegmentChain chain = await(engine.open(ID, shard));
        listenTo(chain);
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            segments.add(chain.roll(i));
            segments.get(i).append(batch(i, "v" + i), i + 1);
        }
        chain.sync();
        settle();

        Segment replacement = chain.createReplacement(0);
        replacement.append(batch(1, "kept"), 2);
        await(chain.replace(segments.subList(0, 2), replacement));
        await(chain.close());
        SegmentChain reopened = await(engine.open(ID, shard));

        assertThat(reopened.initialSegments()).extracting(Segment::baseOffset).containsExactly(0L, 2L, 3L);
        assertThat(await(reopened.initialSegments().get(0).load(0, 1000))).isEqualTo(batch(1, "kept"));
    }

    @Test
    void blobsAreStoredByKindAndOffset() {
        SegmentEngine engine = start();
        SegmentChain chain = await(engine.open(ID, shard));
        await(chain.writeBlob(BlobKind.PRODUCER_SNAPSHOT, 5, ByteBuffer.wrap(new byte[] {1, 2, 3})));
        await(chain.writeBlob(BlobKind.PRODUCER_SNAPSHOT, 9, ByteBuffer.wrap(new byte[] {4})));
        await(chain.writeBlob(BlobKind.PRODUCER_SNAPSHOT, 5, ByteBuffer.wrap(new byte[] {7})));
        await(chain.removeBlob(BlobKind.PRODUCER_SNAPSHOT, 9));

        SegmentChain reopened = await(engine.open(ID, shard));

        assertThat(reopened.initialBlobs(BlobKind.PRODUCER_SNAPSHOT)).containsExactly(5L);
        assertThat(await(reopened.readBlob(BlobKind.PRODUCER_SNAPSHOT, 5)))
                .isEqualTo(Optional.of(ByteBuffer.wrap(new byte[] {7})));
        assertThat(await(reopened.readBlob(BlobKind.OFFSET_INDEX, 5))).isEmpty();
    }

    @Test
    void aDeletedChainIsNew() {
        SegmentEngine engine = start();
        SegmentChain chain = await(engine.open(ID, shard));
        Heard heard = listenTo(chain);
        Segment segment = chain.roll(0);
        segment.append(batch(0, "a"), 1);
        chain.sync();
        settle();

        await(engine.delete(ID));
        SegmentChain fresh = await(engine.open(ID, shard));
        settle();

        assertThat(fresh.initialSegments()).isEmpty();
        assertThat(segment.append(batch(1, "b"), 2)).isEqualTo(StorageFault.FENCED);
        assertThat(heard.last()).isEqualTo(1);
    }

    @Test
    void aRestingChainWakesWhenItIsUsed() {
        SegmentChain chain = await(start().open(ID, shard));
        Heard heard = listenTo(chain);
        Segment segment = chain.roll(0);
        segment.append(batch(0, "a"), 1);

        chain.rest(0);
        settle();
        segment.append(batch(1, "b"), 2);
        chain.sync();
        settle();

        assertThat(heard.last()).isEqualTo(2);
        assertThat(await(segment.load(batch(0, "a").remaining(), 1000))).isEqualTo(batch(1, "b"));
    }
}
