package io.daybook.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.Compression;
import io.daybook.base.record.EndTransactionMarker;
import io.daybook.base.record.RecordBatch;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.base.record.RecordBatches;
import io.daybook.base.record.Records;
import io.daybook.base.record.TimestampType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProducerRulesTest {
    private final LogFixture fixture = new LogFixture(new FaultyDisk(), Path.of("/data"));

    private static ErrorCode send(PartitionLog log, long producerId, int epoch, int sequence, String... values) {
        return log.append(LogFixture.batch(producerId, epoch, sequence, values), AppendOrigin.CLIENT, 0)
                .code();
    }

    private static ByteBuffer transactional(long producerId, int sequence, String value) {
        return new RecordBatchBuilder(Compression.NONE)
                .producer(producerId, (short) 0, sequence)
                .transactional()
                .append(1_700_000_000_000L, LogFixture.bytes("k"), LogFixture.bytes(value))
                .build();
    }

    private static ErrorCode end(PartitionLog log, long producerId, boolean commit, int coordinatorEpoch) {
        ByteBuffer marker =
                new EndTransactionMarker(commit, coordinatorEpoch).toBatch(producerId, (short) 0, 1_700_000_000_000L);
        return log.append(marker, AppendOrigin.COORDINATOR, 0).code();
    }

    @Test
    void anUnknownProducerMayBeginAnywhere() {
        PartitionLog log = fixture.open();

        assertThat(send(log, 1, 0, 17, "a", "b")).isEqualTo(ErrorCode.NONE);
        assertThat(send(log, 1, 0, 19, "c")).isEqualTo(ErrorCode.NONE);
        assertThat(send(log, 1, 0, 21, "e")).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    }

    @Test
    void aBatchBehindARefusedOneWaitsForItEvenIfTheProducerIsUnknown() {
        PartitionLog log = fixture.open(LogConfig.DEFAULTS.withMaxMessageBytes(1000));

        assertThat(send(log, 1, 0, 17, "too large".repeat(200))).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
        assertThat(send(log, 1, 0, 18, "b")).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(send(log, 2, 0, 18, "of another")).isEqualTo(ErrorCode.NONE);
        assertThat(send(log, 1, 0, 17, "smaller")).isEqualTo(ErrorCode.NONE);
        assertThat(send(log, 1, 0, 18, "b")).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void aNewEpochNeedNotWaitForWhatTheOldOneWasRefused() {
        PartitionLog log = fixture.open();

        assertThat(log.append(LogFixture.batch(1, 0, 5, "a"), AppendOrigin.CLIENT, 3)
                        .code())
                .isEqualTo(ErrorCode.NONE);
        assertThat(log.append(LogFixture.batch(2, 0, 5, "x"), AppendOrigin.CLIENT, 2)
                        .code())
                .isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        assertThat(log.append(LogFixture.batch(2, 0, 6, "y"), AppendOrigin.CLIENT, 3)
                        .code())
                .isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(log.append(LogFixture.batch(2, 1, 0, "x"), AppendOrigin.CLIENT, 3)
                        .code())
                .isEqualTo(ErrorCode.NONE);
    }

    @Test
    void aBatchRefusedBeforeTheLogWasOpenKeepsItsPlace() {
        AwaitedSequences refused = new AwaitedSequences();
        refused.refused(LogFixture.batch(1, 0, Integer.MAX_VALUE, "a"));
        refused.refused(LogFixture.batch(1, 0, 0, "b"));
        refused.refused(ByteBuffer.allocate(20));
        PartitionLog log = fixture.open();

        log.await(refused);

        assertThat(send(log, 1, 0, 0, "b")).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(send(log, 1, 0, Integer.MAX_VALUE, "a")).isEqualTo(ErrorCode.NONE);
        assertThat(send(log, 1, 0, 0, "b")).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void aNewEpochBeginsAtZeroAndFencesTheOldOne() {
        PartitionLog log = fixture.open();
        send(log, 1, 0, 0, "a");

        assertThat(send(log, 1, 1, 3, "b")).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(send(log, 1, 1, 0, "b")).isEqualTo(ErrorCode.NONE);
        assertThat(send(log, 1, 0, 1, "c")).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH);
    }

    @Test
    void sequencesWrapAround() {
        PartitionLog log = fixture.open();

        assertThat(send(log, 1, 0, Integer.MAX_VALUE - 1, "a", "b", "c")).isEqualTo(ErrorCode.NONE);
        assertThat(send(log, 1, 0, 1, "d")).isEqualTo(ErrorCode.NONE);
        assertThat(log.append(LogFixture.batch(1, 0, Integer.MAX_VALUE - 1, "a", "b", "c"), AppendOrigin.CLIENT, 0))
                .isEqualTo(new AppendResult.Duplicate(0, 2, -1, 0));
    }

    @Test
    void silentProducersAreForgotten() {
        PartitionLog log = fixture.open();
        send(log, 1, 0, 0, "a");
        assertThat(log.activeProducers()).hasSize(1);

        fixture.ticker.advanceMs(90_000_000);
        log.applyRetention();

        assertThat(log.activeProducers()).isEmpty();
    }

    @Test
    void anOpenTransactionHoldsTheLastStableOffset() {
        PartitionLog log = fixture.open();
        fixture.append(log, "before");
        log.append(transactional(7, 0, "in"), AppendOrigin.CLIENT, 0);
        fixture.append(log, "after");

        assertThat(log.lastStableOffset()).isEqualTo(1);
        assertThat(send(log, 7, 0, 1, "not transactional")).isEqualTo(ErrorCode.INVALID_TXN_STATE);
        assertThat(end(log, 7, false, 3)).isEqualTo(ErrorCode.NONE);
        assertThat(log.lastStableOffset()).as("until the marker is durable").isEqualTo(1);
        fixture.settle();
        assertThat(log.lastStableOffset()).isEqualTo(4);
        assertThat(fixture.await(log.abortedTransactions(0, 4))).containsExactly(new AbortedTransaction(7, 1, 3, 4));
        assertThat(end(log, 7, true, 2)).isEqualTo(ErrorCode.TRANSACTION_COORDINATOR_FENCED);
    }

    @Test
    void transactionsAreRememberedOverRestarts() {
        PartitionLog log = fixture.open();
        log.append(transactional(7, 0, "aborted"), AppendOrigin.CLIENT, 0);
        end(log, 7, false, 0);
        log.append(transactional(8, 0, "open"), AppendOrigin.CLIENT, 0);
        fixture.append(log, "after");

        fixture.restart();
        PartitionLog unclean = fixture.open();
        assertThat(unclean.lastStableOffset()).isEqualTo(2);
        assertThat(fixture.await(unclean.abortedTransactions(0, 4))).hasSize(1);
        fixture.await(fixture.engine.close());
        fixture.restart();
        PartitionLog clean = fixture.open();

        assertThat(clean.recovery().clean()).isTrue();
        assertThat(clean.lastStableOffset()).isEqualTo(2);
        assertThat(fixture.await(clean.abortedTransactions(0, 4))).hasSize(1);
    }

    @Test
    void clientsMayNotWriteMarkers() {
        PartitionLog log = fixture.open();
        ByteBuffer marker = new EndTransactionMarker(true, 0).toBatch(1, (short) 0, 1);

        assertThat(log.append(marker, AppendOrigin.CLIENT, 0).code()).isEqualTo(ErrorCode.INVALID_RECORD);
    }

    @Test
    void appendTimeAndCodecAreThoseOfTheTopic() {
        PartitionLog log = fixture.open(LogConfig.DEFAULTS
                .withTimestamps(new LogConfig.Timestamps(true, Long.MAX_VALUE, Long.MAX_VALUE))
                .withCompression("gzip", LogConfig.DEFAULT_COMPRESSION_LEVEL));

        AppendResult result = log.append(LogFixture.batch(12, "a".repeat(500)), AppendOrigin.CLIENT, 4);
        fixture.settle();

        assertThat(result).isEqualTo(new AppendResult.Appended(0, 0, fixture.ticker.wallMs(), 0));
        Records records = ((ReadResult.Slice) fixture.readResult(log, 0, 10_000)).records();
        RecordBatches batches = new RecordBatches(records.buffer());
        assertThat(batches.nextValid()).isTrue();
        RecordBatch batch = batches.batch();
        assertThat(batch.compression()).isEqualTo(Compression.GZIP);
        assertThat(batch.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(batch.partitionLeaderEpoch()).isEqualTo(4);
        assertThat(fixture.values(log, 0, 10_000)).containsExactly("a".repeat(500));
    }

    @Test
    void leaderEpochsTellWhereHistoriesDiverge() {
        PartitionLog log = fixture.open();
        log.append(LogFixture.batch(1, "a", "b"), AppendOrigin.CLIENT, 2);
        log.append(LogFixture.batch(1, "c"), AppendOrigin.CLIENT, 5);
        fixture.settle();

        assertThat(log.append(LogFixture.batch(1, "d"), AppendOrigin.CLIENT, 4).code())
                .isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        assertThat(log.endOffsetForEpoch(2)).isEqualTo(new EpochEndOffset(2, 2));
        assertThat(log.endOffsetForEpoch(3)).isEqualTo(new EpochEndOffset(2, 2));
        assertThat(log.endOffsetForEpoch(5)).isEqualTo(new EpochEndOffset(5, 3));
        assertThat(log.endOffsetForEpoch(6)).isEqualTo(EpochEndOffset.UNKNOWN);
        fixture.restart();
        assertThat(fixture.open().endOffsetForEpoch(3)).isEqualTo(new EpochEndOffset(2, 2));
    }
}
