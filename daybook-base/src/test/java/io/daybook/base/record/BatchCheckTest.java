package io.daybook.base.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.runtime.RandomSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchCheckTest {
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final ByteBuffer KEY = ByteBuffer.wrap("key".getBytes(StandardCharsets.UTF_8));
    private static final int RECORD_COUNT_AT = 57;
    private static final int LAST_OFFSET_DELTA_AT = 23;
    private static final int ATTRIBUTES_AT = 21;
    private static final int CRC_AT = 17;

    private final BatchCheck check = new BatchCheck();

    @Test
    void acceptsWhatAProducerBuilds() {
        assertThat(verdict(threeRecords().build()).isAccepted()).isTrue();
    }

    @Test
    void anOversteppedCrcIsCorrupt() {
        ByteBuffer batch = threeRecords().build();
        batch.put(batch.limit() - 1, (byte) 99);
        assertThat(verdict(batch).code()).isEqualTo(ErrorCode.CORRUPT_MESSAGE);
    }

    @Test
    void countsThatLieAreInvalid() {
        assertThat(verdict(patchedInt(RECORD_COUNT_AT, 2)).code()).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(verdict(patchedInt(RECORD_COUNT_AT, 0)).code()).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(verdict(patchedInt(RECORD_COUNT_AT, Integer.MAX_VALUE)).code())
                .isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(verdict(patchedInt(LAST_OFFSET_DELTA_AT, 7)).code()).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(verdict(patchedInt(LAST_OFFSET_DELTA_AT, -1)).code()).isEqualTo(ErrorCode.INVALID_RECORD);
        for (int count = 2; count <= 4; count += 2) {
            ByteBuffer both = threeRecords().build();
            both.putInt(RECORD_COUNT_AT, count).putInt(LAST_OFFSET_DELTA_AT, count - 1);
            assertThat(verdict(withCrc(both)).code()).isEqualTo(ErrorCode.INVALID_RECORD);
        }
    }

    @Test
    void clientsDoNotWriteControlRecords() {
        BatchVerdict verdict = verdict(threeRecords().control().build());
        assertThat(verdict.code()).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(verdict.reason()).isEqualTo("Clients are not allowed to write control records");
    }

    @Test
    void aCodecThatDoesNotExistIsRefused() {
        ByteBuffer batch = threeRecords().build();
        batch.putShort(ATTRIBUTES_AT, (short) 6);
        assertThat(verdict(withCrc(batch)).code()).isEqualTo(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    }

    @Test
    void aCompactedTopicNamesTheRecordsWithoutAKey() {
        // Given
        BatchRules rules = new BatchRules(true, TimestampType.CREATE_TIME, Long.MAX_VALUE, 1000, 1 << 20);

        // When
        BatchVerdict verdict = check.check(RecordBatch.at(threeRecords().build(), 0), rules, NOW_MS);

        // Then
        assertThat(verdict.code()).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(verdict.invalidRecords()).hasSize(1);
        assertThat(verdict.invalidRecords().get(0).recordIndex()).isEqualTo(1);
    }

    @Test
    void timesOutsideTheWindowAreNamed() {
        // Given
        BatchRules rules = new BatchRules(false, TimestampType.CREATE_TIME, 1000, 1000, 1 << 20);
        ByteBuffer batch = new RecordBatchBuilder(Compression.NONE)
                .append(NOW_MS + 1001, KEY, KEY)
                .append(NOW_MS, KEY, KEY)
                .append(NOW_MS - 1001, KEY, KEY)
                .build();

        // When
        BatchVerdict verdict = check.check(RecordBatch.at(batch, 0), rules, NOW_MS);

        // Then
        assertThat(verdict.code()).isEqualTo(ErrorCode.INVALID_TIMESTAMP);
        assertThat(verdict.invalidRecords())
                .extracting(InvalidRecord::recordIndex)
                .containsExactly(0, 2);
    }

    @Test
    void aHeaderThatLiesAboutTheGreatestTimeIsFoundOut() {
        ByteBuffer batch = threeRecords().build();
        RecordBatch.at(batch, 0).setMaxTimestamp(TimestampType.CREATE_TIME, NOW_MS * 2);
        assertThat(verdict(batch).maxTimestampMs()).isEqualTo(NOW_MS + 2);
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aBombIsDefusedAtTheBound(Compression compression) {
        // Given
        byte[] zeros = new byte[8 << 20];
        ByteBuffer batch = new RecordBatchBuilder(compression)
                .append(NOW_MS, KEY, ByteBuffer.wrap(zeros))
                .build();
        BatchRules rules = new BatchRules(false, TimestampType.CREATE_TIME, Long.MAX_VALUE, 1000, 1 << 20);

        // When
        BatchVerdict verdict = check.check(RecordBatch.at(batch, 0), rules, NOW_MS);

        // Then
        assertThat(verdict.code()).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(check.check(RecordBatch.at(batch, 0), BatchRules.DEFAULTS, NOW_MS)
                        .isAccepted())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void whateverChangesInABatchIsRefusedOrHarmless(Compression compression) {
        // Given
        RandomSource random = RandomSource.seeded(31 + compression.id());
        ByteBuffer good = threeRecords(compression).build();
        for (int round = 0; round < 3000; round++) {
            ByteBuffer bad =
                    ByteBuffer.allocate(good.limit()).put(good.duplicate()).flip();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at =
                        RecordBatch.LENGTH_PREFIX_BYTES + random.nextInt(bad.limit() - RecordBatch.LENGTH_PREFIX_BYTES);
                bad.put(at, (byte) random.nextInt(256));
            }
            bad.put(16, RecordBatch.MAGIC);

            // When
            BatchVerdict verdict = verdict(withCrc(bad));

            // Then
            if (verdict.isAccepted()) {
                assertThat(RecordReader.readAll(RecordBatch.at(bad, 0), 1 << 20))
                        .hasSize(RecordBatch.at(bad, 0).recordCount());
            }
        }
    }

    @Test
    void iterationEndsWithAReasonWhereTheBytesEnd() {
        // Given
        ByteBuffer one = threeRecords().build();
        ByteBuffer two = ByteBuffer.allocate(2 * one.limit())
                .put(one.duplicate())
                .put(one.duplicate())
                .flip();
        for (int limit = 0; limit <= two.limit(); limit++) {
            // When
            RecordBatches batches = new RecordBatches(two.duplicate().limit(limit));
            int count = 0;
            while (batches.nextValid()) {
                count++;
            }

            // Then
            assertThat(count).isEqualTo(limit / one.limit());
            assertThat(batches.end().position()).isEqualTo(count * one.limit());
            assertThat(batches.end().isWhole()).isEqualTo(limit % one.limit() == 0);
            assertThat(batches.end()).isNotInstanceOf(ScanEnd.Corrupt.class);
        }
    }

    @Test
    void iterationStopsAtACorruptBatch() {
        ByteBuffer zeros = ByteBuffer.wrap(new byte[200]);
        RecordBatches batches = new RecordBatches(zeros);
        assertThat(batches.next()).isFalse();
        assertThat(batches.end()).isInstanceOf(ScanEnd.Corrupt.class);
        byte[] ones = new byte[200];
        Arrays.fill(ones, (byte) 0x7F);
        batches.reset(ByteBuffer.wrap(ones));
        assertThat(batches.next()).isFalse();
        assertThat(batches.end().reason()).isNotEmpty();
    }

    @Test
    void markersOfTransactionsAreReadAsWritten() {
        ByteBuffer bytes = new EndTransactionMarker(true, 7).toBatch(5, (short) 1, NOW_MS);
        RecordBatch batch = RecordBatch.at(bytes, 0);
        assertThat(batch.isControl() && batch.isTransactional() && batch.isValid())
                .isTrue();
        assertThat(EndTransactionMarker.read(RecordReader.readAll(batch, 1000).get(0)))
                .contains(new EndTransactionMarker(true, 7));
    }

    private BatchVerdict verdict(ByteBuffer batch) {
        return check.check(RecordBatch.at(batch, 0), BatchRules.DEFAULTS, NOW_MS);
    }

    private static RecordBatchBuilder threeRecords() {
        return threeRecords(Compression.NONE);
    }

    private static RecordBatchBuilder threeRecords(Compression compression) {
        return new RecordBatchBuilder(compression)
                .append(NOW_MS, KEY, ByteBuffer.wrap(new byte[300]))
                .append(NOW_MS + 2, null, KEY)
                .append(
                        NOW_MS + 1,
                        KEY,
                        null,
                        java.util.List.of(new RecordHeader("h", KEY), new RecordHeader("i", null)));
    }

    private static ByteBuffer patchedInt(int at, int value) {
        ByteBuffer batch = threeRecords().build();
        batch.putInt(at, value);
        return withCrc(batch);
    }

    private static ByteBuffer withCrc(ByteBuffer batch) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(batch.slice(ATTRIBUTES_AT, batch.limit() - ATTRIBUTES_AT));
        batch.putInt(CRC_AT, (int) crc.getValue());
        return batch;
    }
}
