package io.daybook.benchmarks.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.Compression;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.Records;
import io.daybook.benchmarks.floor.FloorLog.End;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloorLogTest {
    private static final int ANY_BYTES = 1 << 20;

    private final FloorLog log = new FloorLog(1000);

    @Test
    void offsetsGoOnFromBatchToBatch() {
        log.append(batch(2));

        assertThat(log.append(batch(3))).isEqualTo(new FloorLog.Appended(ErrorCode.NONE, 2, 5));
        assertThat(baseOffsets(log.read(0, ANY_BYTES, log.end()))).containsExactly(0L, 2L);
    }

    @Test
    void aReadBeginsWithTheBatchThatHoldsTheOffset() {
        log.append(batch(2));
        log.append(batch(3));
        log.append(batch(1));

        assertThat(baseOffsets(log.read(3, ANY_BYTES, log.end()))).containsExactly(2L, 5L);
        assertThat(baseOffsets(log.read(6, ANY_BYTES, log.end()))).isEmpty();
        assertThat(baseOffsets(log.read(1, ANY_BYTES, log.end()))).containsExactly(0L, 2L, 5L);
    }

    @Test
    void aReadEndsAtItsLimitsButHoldsOneBatch() {
        log.append(batch(1));
        log.append(batch(1));
        End middle = log.end();
        log.append(batch(1));

        assertThat(baseOffsets(log.read(0, ANY_BYTES, middle))).containsExactly(0L, 1L);
        assertThat(baseOffsets(log.read(0, 1, log.end()))).containsExactly(0L);
        assertThat(baseOffsets(log.read(1, 1, log.end()))).containsExactly(1L);
    }

    @Test
    void aNewTopicIsEmptyAndBeginsAtZero() {
        log.append(batch(2));

        log.begin();

        assertThat(log.end().offset()).isZero();
        assertThat(log.append(batch(1)).baseOffset()).isZero();
        assertThat(baseOffsets(log.read(0, ANY_BYTES, log.end()))).containsExactly(0L);
    }

    @Test
    void whatDoesNotFitIsRefusedAndLeavesNothing() {
        ByteBuffer large = batch(100);
        assertThat(large.remaining()).isLessThan(1000);
        log.append(large.duplicate());
        End end = log.end();

        assertThat(log.append(large).code()).isEqualTo(ErrorCode.POLICY_VIOLATION);
        assertThat(log.end()).isEqualTo(end);
    }

    @Test
    void aTornBatchIsRefused() {
        ByteBuffer torn = batch(2);
        torn.limit(torn.limit() - 1);

        assertThat(log.append(torn).code()).isEqualTo(ErrorCode.CORRUPT_MESSAGE);
        assertThat(log.end().offset()).isZero();
    }

    private static ByteBuffer batch(int records) {
        RecordBatchBuilder builder = new RecordBatchBuilder(Compression.NONE);
        for (int i = 0; i < records; i++) {
            builder.append(0, null, ByteBuffer.allocate(1));
        }
        return builder.build();
    }

    private static List<Long> baseOffsets(Records records) {
        List<Long> offsets = new ArrayList<>();
        RecordBatches batches = new RecordBatches(records.buffer());
        while (batches.next()) {
            offsets.add(batches.batch().baseOffset());
        }
        return offsets;
    }
}
