package io.daybook.base.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.runtime.RandomSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick walk beside {@link RecordReader}, which says what is right. */
class RecordWalkTest {
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final long HOUR_MS = 3_600_000;
    private static final int FEW_BYTES = 40;
    private static final int MANY_BYTES = 9000;
    /** Lengths of -1 to 2 as they are written, and the first of two bytes. */
    private static final int[] LIKELY_NUMBERS = {0, 0, 0, 1, 2, 4, 0x80};

    private final RecordWalk walk = new RecordWalk();
    private final BatchCheck check = new BatchCheck();

    @ParameterizedTest
    @ValueSource(ints = {1, FEW_BYTES, 300, MANY_BYTES})
    void whatIsRightIsSeenAtOnce(int maxPartBytes) {
        RandomSource random = RandomSource.seeded(maxPartBytes);
        for (int round = 0; round < 300; round++) {
            // Given
            RecordBatch batch = RecordBatch.at(randomBatch(random, maxPartBytes, 5000), 0);

            // When
            boolean isRight = walk.isRight(batch, BatchRules.DEFAULTS, NOW_MS);

            // Then
            assertThat(isRight).isTrue();
            assertThat(walk.maxTimestampMs())
                    .isEqualTo(check.readRecords(batch, BatchRules.DEFAULTS, NOW_MS)
                            .maxTimestampMs());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, FEW_BYTES, 300, MANY_BYTES})
    void corruptedRecordsAreJudgedAsTheReaderJudgesThem(int maxPartBytes) {
        RandomSource random = RandomSource.seeded(maxPartBytes);
        int rightCount = 0;
        int rounds = 4000;
        for (int round = 0; round < rounds; round++) {
            // Given
            ByteBuffer bytes = randomBatch(random, maxPartBytes, 500);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                corrupt(random, bytes);
            }
            RecordBatch batch = RecordBatch.at(bytes, 0);
            BatchRules rules = randomRules(random);

            // When
            boolean isRight = walk.isRight(batch, rules, NOW_MS);

            // Then
            BatchVerdict verdict = check.readRecords(batch, rules, NOW_MS);
            if (isRight) {
                assertThat(BatchVerdict.accepted(walk.maxTimestampMs())).isEqualTo(verdict);
                rightCount++;
            }
        }
        assertThat(rightCount).isBetween(rounds / 100, rounds * 99 / 100);
    }

    @Test
    void anyBytesAreJudgedAsTheReaderJudgesThem() {
        RandomSource random = RandomSource.seeded(7);
        int rightCount = 0;
        for (int round = 0; round < 100_000; round++) {
            // Given
            int recordCount = 1 + random.nextInt(2);
            ByteBuffer bytes = ByteBuffer.allocate(RecordBatch.HEADER_BYTES + random.nextInt(16));
            for (int at = RecordBatch.HEADER_BYTES; at < bytes.limit(); at++) {
                int likely = LIKELY_NUMBERS[random.nextInt(LIKELY_NUMBERS.length)];
                bytes.put(at, (byte) (random.nextInt(20) == 0 ? random.nextInt(256) : likely));
            }
            bytes.putInt(8, bytes.limit() - RecordBatch.LENGTH_PREFIX_BYTES).putInt(57, recordCount);
            if (bytes.limit() > RecordBatch.HEADER_BYTES && recordCount == 1) {
                bytes.put(RecordBatch.HEADER_BYTES, (byte) (2 * (bytes.limit() - RecordBatch.HEADER_BYTES - 1)));
            }
            RecordBatch batch = RecordBatch.at(bytes, 0);
            BatchRules rules =
                    new BatchRules(random.nextInt(2) == 0, TimestampType.LOG_APPEND_TIME, HOUR_MS, HOUR_MS, 1 << 20);

            // When
            boolean isRight = walk.isRight(batch, rules, NOW_MS);

            // Then
            BatchVerdict verdict = check.readRecords(batch, rules, NOW_MS);
            assertThat(isRight).isEqualTo(verdict.isAccepted());
            if (isRight) {
                assertThat(walk.maxTimestampMs()).isEqualTo(verdict.maxTimestampMs());
                rightCount++;
            }
        }
        assertThat(rightCount).isGreaterThan(100);
    }

    /** Half of the changes hit the record's numbers at the begin, where most goes wrong. */
    private static void corrupt(RandomSource random, ByteBuffer bytes) {
        int recordsBytes = bytes.limit() - RecordBatch.HEADER_BYTES;
        int at = random.nextInt(random.nextInt(2) == 0 ? recordsBytes : Math.min(12, recordsBytes));
        byte value = (byte) (random.nextInt(2) == 0 ? random.nextInt(256) : random.nextInt(8));
        bytes.put(RecordBatch.HEADER_BYTES + at, value);
    }

    private static BatchRules randomRules(RandomSource random) {
        return new BatchRules(
                random.nextInt(4) == 0,
                random.nextInt(4) == 0 ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
                random.nextInt(2) == 0 ? Long.MAX_VALUE : HOUR_MS,
                HOUR_MS,
                1 << 20);
    }

    private static ByteBuffer randomBatch(RandomSource random, int maxPartBytes, int maxTimeSpanMs) {
        RecordBatchBuilder builder = new RecordBatchBuilder(Compression.NONE);
        for (int count = 1 + random.nextInt(30); count > 0; count--) {
            List<RecordHeader> headers = new ArrayList<>();
            while (random.nextInt(4) == 0) {
                headers.add(new RecordHeader("h".repeat(random.nextInt(20)), randomPart(random, FEW_BYTES)));
            }
            long timestampMs = NOW_MS - random.nextInt(maxTimeSpanMs);
            builder.append(
                    timestampMs,
                    randomPart(random, Math.min(FEW_BYTES, maxPartBytes)),
                    randomPart(random, maxPartBytes),
                    headers);
        }
        ByteBuffer built = builder.build();
        if (random.nextInt(2) == 0) {
            return built;
        }
        return ByteBuffer.allocateDirect(built.remaining()).put(built).flip();
    }

    private static @Nullable ByteBuffer randomPart(RandomSource random, int maxBytes) {
        return random.nextInt(5) == 0 ? null : ByteBuffer.wrap(new byte[random.nextInt(maxBytes + 1)]);
    }
}
