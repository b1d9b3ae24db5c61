package io.daybook.log;

import io.daybook.base.record.RecordBatches;
import java.nio.ByteBuffer;

/** Memory that all logs of a shard use in turns, each within one call. */
final class ShardScratch {
    private static final int HEADS_BYTES = 4096;

    private final AppendCheck appendCheck = new AppendCheck();
    private final RecordBatches batches = new RecordBatches(ByteBuffer.allocate(0));
    private final ByteBuffer heads = ByteBuffer.allocateDirect(HEADS_BYTES);

    AppendCheck appendCheck() {
        return appendCheck;
    }

    /** An iteration over the batches between position and limit. */
    RecordBatches batches(ByteBuffer bytes) {
        batches.reset(bytes);
        return batches;
    }

    /** Room for the heads of some batches. */
    ByteBuffer heads() {
        return heads.clear();
    }
}
