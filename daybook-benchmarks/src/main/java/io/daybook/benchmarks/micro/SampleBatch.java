package io.daybook.benchmarks.micro;

import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordBatchBuilder;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Batches as a producer sends them, without compression, always the same. */
final class SampleBatch {
    static final long TIMESTAMP_MS = 1_700_000_000_000L;

    private SampleBatch() {}

    /** As many records with values of so many bytes as fit, in memory outside the heap, where requests are received. */
    static ByteBuffer direct(int batchBytes, int valueBytes) {
        ByteBuffer batch = build(Math.max(1, batchBytes / valueBytes), valueBytes);
        ByteBuffer copy = ByteBuffer.allocateDirect(batch.remaining());
        return copy.put(batch).flip();
    }

    /** So many records, on the heap. */
    static ByteBuffer build(int recordCount, int valueBytes) {
        SplittableRandom random = new SplittableRandom(1);
        byte[] value = new byte[valueBytes];
        RecordBatchBuilder builder = new RecordBatchBuilder(Compression.NONE);
        for (int i = 0; i < recordCount; i++) {
            random.nextBytes(value);
            builder.append(TIMESTAMP_MS, null, ByteBuffer.wrap(value));
        }
        return builder.build();
    }
}
