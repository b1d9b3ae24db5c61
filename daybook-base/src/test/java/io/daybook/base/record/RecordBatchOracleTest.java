package io.daybook.base.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.runtime.RandomSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** kafka-clients reads what we write, and we read what it writes. */
class RecordBatchOracleTest {
    private static final int ROUNDS = 30;

    @ParameterizedTest
    @EnumSource(Compression.class)
    void kafkaReadsWhatWeBuild(Compression compression) {
        RandomSource random = RandomSource.seeded(compression.id());
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            List<BatchRecord> records = randomRecords(random, 1000);
            RecordBatchBuilder builder = new RecordBatchBuilder(compression)
                    .baseOffset(1000)
                    .partitionLeaderEpoch(3)
                    .producer(77, (short) 2, 5);
            records.forEach(each -> builder.append(each.timestampMs(), each.key(), each.value(), each.headers()));

            // When
            ByteBuffer bytes = builder.build();

            // Then
            MutableRecordBatch theirs = kafkaBatch(bytes);
            theirs.ensureValid();
            assertThat(theirs.compressionType().id).isEqualTo((byte) compression.id());
            assertThat(theirs.baseOffset()).isEqualTo(1000);
            assertThat(theirs.lastOffset()).isEqualTo(1000 + records.size() - 1);
            assertThat(theirs.partitionLeaderEpoch()).isEqualTo(3);
            assertThat(theirs.producerId()).isEqualTo(77);
            assertThat(theirs.producerEpoch()).isEqualTo((short) 2);
            assertThat(theirs.lastSequence()).isEqualTo(5 + records.size() - 1);
            assertThat(texts(theirs)).isEqualTo(texts(records));
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void weReadWhatKafkaBuilds(Compression compression) {
        RandomSource random = RandomSource.seeded(compression.id());
        RecordReader reader = new RecordReader();
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            List<BatchRecord> records = randomRecords(random, 0);
            ByteBuffer bytes = kafkaBytes(compression, records);
            boolean direct = random.nextInt(2) == 0;
            RecordBatch batch = RecordBatch.at(direct ? directCopy(bytes) : bytes, 0);

            // When
            List<BatchRecord> read = new ArrayList<>();
            reader.open(batch, RecordReader.UNBOUNDED);
            while (reader.hasNext()) {
                read.add(reader.next());
            }
            reader.close();

            // Then
            MutableRecordBatch theirs = kafkaBatch(bytes);
            assertThat(batch.isValid()).isTrue();
            assertThat(batch.crc()).isEqualTo(theirs.checksum());
            assertThat(batch.compression()).isEqualTo(compression);
            assertThat(batch.maxTimestamp()).isEqualTo(theirs.maxTimestamp());
            assertThat(batch.lastOffset()).isEqualTo(theirs.lastOffset());
            assertThat(batch.recordCount()).isEqualTo(records.size());
            assertThat(batch.sizeBytes()).isEqualTo(theirs.sizeInBytes());
            assertThat(texts(read)).isEqualTo(texts(records));
            BatchRules rules =
                    new BatchRules(false, TimestampType.CREATE_TIME, Long.MAX_VALUE, Long.MAX_VALUE, 1 << 28);
            BatchVerdict verdict = new BatchCheck().check(batch, rules, 0);
            assertThat(verdict.isAccepted()).as(verdict.reason()).isTrue();
            assertThat(verdict.maxTimestampMs()).isEqualTo(theirs.maxTimestamp());
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void patchesInPlaceAreWhatKafkaExpects(Compression compression) {
        // Given
        List<BatchRecord> records = randomRecords(RandomSource.seeded(9), 0);
        RecordBatch batch = RecordBatch.at(kafkaBytes(compression, records), 0);

        // When
        batch.setBaseOffset(1L << 40);
        batch.setPartitionLeaderEpoch(12);
        batch.setMaxTimestamp(TimestampType.LOG_APPEND_TIME, 123_456_789);

        // Then
        MutableRecordBatch theirs = kafkaBatch(batch.slice());
        theirs.ensureValid();
        assertThat(batch.isValid()).isTrue();
        assertThat(theirs.partitionLeaderEpoch()).isEqualTo(12);
        long offset = 1L << 40;
        for (Record each : theirs) {
            assertThat(each.offset()).isEqualTo(offset++);
            assertThat(each.timestamp()).isEqualTo(123_456_789);
        }
        assertThat(RecordReader.readAll(batch, 1 << 28))
                .allSatisfy(each -> assertThat(each.timestampMs()).isEqualTo(123_456_789));
    }

    private static List<BatchRecord> randomRecords(RandomSource random, long baseOffset) {
        List<BatchRecord> records = new ArrayList<>();
        int count = 1 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            List<RecordHeader> headers = new ArrayList<>();
            for (int header = random.nextInt(8) - 5; header > 0; header--) {
                headers.add(new RecordHeader("clé" + header, randomBytes(random, 20)));
            }
            int valueBytes = random.nextInt(20) == 0 ? 200_000 : 300;
            long timestampMs = 1_700_000_000_000L + random.nextInt(1 << 30) - (1 << 29);
            records.add(new BatchRecord(
                    baseOffset + i, timestampMs, randomBytes(random, 30), randomBytes(random, valueBytes), headers));
        }
        return records;
    }

    private static ByteBuffer randomBytes(RandomSource random, int maxBytes) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(maxBytes)];
        int alphabet = 1 + random.nextInt(256);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(alphabet);
        }
        return ByteBuffer.wrap(bytes);
    }

    private static ByteBuffer kafkaBytes(Compression compression, List<BatchRecord> records) {
        SimpleRecord[] theirs = records.stream()
                .map(each ->
                        new SimpleRecord(each.timestampMs(), array(each.key()), array(each.value()), headers(each)))
                .toArray(SimpleRecord[]::new);
        return org.apache.kafka.common.record.internal.MemoryRecords.withRecords(
                        org.apache.kafka.common.compress.Compression.of(CompressionType.forId(compression.id()))
                                .build(),
                        theirs)
                .buffer();
    }

    private static MutableRecordBatch kafkaBatch(ByteBuffer bytes) {
        return org.apache.kafka.common.record.internal.MemoryRecords.readableRecords(bytes.duplicate())
                .batches()
                .iterator()
                .next();
    }

    private static Header[] headers(BatchRecord record) {
        RecordHeaders headers = new RecordHeaders();
        record.headers().forEach(each -> headers.add(each.key(), array(each.value())));
        return headers.toArray();
    }

    private static ByteBuffer directCopy(ByteBuffer bytes) {
        return ByteBuffer.allocateDirect(bytes.remaining())
                .put(bytes.duplicate())
                .flip();
    }

    private static List<String> texts(List<BatchRecord> records) {
        List<String> texts = new ArrayList<>();
        for (BatchRecord each : records) {
            StringBuilder text = new StringBuilder();
            text.append(each.offset()).append(' ').append(each.timestampMs());
            text.append(' ').append(text(each.key())).append(' ').append(text(each.value()));
            each.headers()
                    .forEach(header ->
                            text.append(' ').append(header.key()).append('=').append(text(header.value())));
            texts.add(text.toString());
        }
        return texts;
    }

    private static List<String> texts(MutableRecordBatch batch) {
        List<String> texts = new ArrayList<>();
        for (Record each : batch) {
            StringBuilder text = new StringBuilder();
            text.append(each.offset()).append(' ').append(each.timestamp());
            text.append(' ').append(text(each.key())).append(' ').append(text(each.value()));
            for (Header header : each.headers()) {
                byte[] value = header.value();
                text.append(' ')
                        .append(header.key())
                        .append('=')
                        .append(text(value == null ? null : ByteBuffer.wrap(value)));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static String text(ByteBuffer bytes) {
        return bytes == null
                ? "null"
                : StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }

    private static byte[] array(ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }
}
