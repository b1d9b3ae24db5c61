package io.daybook.broker.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.log.AppendResult;
import io.daybook.log.EpochEndOffset;
import io.daybook.metadata.ConfigResource;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.TopicImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Appends, reads and ends of partitions. */
class PartitionTest {
    private static final FetchPosition FROM_BEGIN = new FetchPosition(0, 1 << 20, -1, -1);

    private final PartitionWorld world = new PartitionWorld();
    private final TopicImage topic = world.createTopic("orders", 4, Map.of());
    private final Partition partition = world.partition("orders", 0);
    private final List<AppendResult> answers = new ArrayList<>();

    @Test
    void appendsThatComeBeforeTheLogIsOpenAreDoneInTheirOrder() {
        world.append(partition, "a", Acks.ALL, answers);
        world.append(partition, "b", Acks.ALL, answers);
        world.append(partition, "c", Acks.ALL, answers);

        world.settle();

        assertThat(answers).extracting(AppendResult::baseOffset).containsExactly(0L, 1L, 2L);
        assertThat(answers).allMatch(each -> each.code().isNone());
    }

    @Test
    void allAcksWaitForTheDiskAndOneAckDoesNot() {
        world.appendAndSettle(partition, "opens the log");

        world.append(partition, "a", Acks.ALL, answers);
        world.append(partition, "b", Acks.LEADER, answers);
        world.runShards();

        assertThat(answers).extracting(AppendResult::baseOffset).containsExactly(2L);
        world.settle();
        assertThat(answers).extracting(AppendResult::baseOffset).containsExactly(2L, 1L);
    }

    @Test
    void whoeverWaitsTooLongForTheDiskIsToldSoAndTheRecordsStay() {
        world.appendAndSettle(partition, "opens the log");
        world.append(partition, "a", Acks.ALL, answers);
        world.first.advanceMs(999);
        world.second.runAll();
        assertThat(answers).isEmpty();
        world.append(partition, "b", Acks.ALL, answers);

        world.first.advanceMs(1);
        world.second.runAll();

        assertThat(answers).extracting(AppendResult::code).containsExactly(ErrorCode.REQUEST_TIMED_OUT);
        world.settle();
        assertThat(answers).extracting(AppendResult::code).containsExactly(ErrorCode.REQUEST_TIMED_OUT, ErrorCode.NONE);
        assertThat(read(partition, new FetchPosition(1, 1 << 20, -1, -1)).sizeBytes())
                .isPositive();
    }

    @Test
    void allAcksAreRefusedWhereMoreCopiesAreAskedForThanThereAre() {
        world.createTopic("safe", 1, Map.of("min.insync.replicas", "2"));
        Partition safe = world.partition("safe", 0);

        world.append(safe, "a", Acks.ALL, answers);
        world.append(safe, "b", Acks.LEADER, answers);
        world.settle();

        assertThat(answers)
                .extracting(AppendResult::code)
                .containsExactly(ErrorCode.NOT_ENOUGH_REPLICAS, ErrorCode.NONE);
    }

    @Test
    void nobodyReadsWhatIsNotDurable() {
        world.appendAndSettle(partition, "durable");
        world.append(partition, "not yet", Acks.ALL, answers);

        PartitionRead read = read(partition, new FetchPosition(1, 1 << 20, -1, -1));

        assertThat(read.code()).isEqualTo(ErrorCode.NONE);
        assertThat(read.sizeBytes()).isZero();
        assertThat(read.offsets().highWatermark()).isEqualTo(1);
    }

    @Test
    void aReadBeyondTheEndIsOutOfRange() {
        world.appendAndSettle(partition, "a");

        assertThat(read(partition, new FetchPosition(2, 1 << 20, -1, -1)).code())
                .isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
        assertThat(read(partition, new FetchPosition(-1, 1 << 20, -1, -1)).code())
                .isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
    }

    @Test
    void aReaderWithAnotherLeaderEpochIsToldSo() {
        world.commit(new MetadataChange.LeaderEpochRaised(5));
        world.appendAndSettle(partition, "a");

        assertThat(read(partition, new FetchPosition(0, 1 << 20, 4, -1)).code())
                .isEqualTo(ErrorCode.FENCED_LEADER_EPOCH);
        assertThat(read(partition, new FetchPosition(0, 1 << 20, 6, -1)).code())
                .isEqualTo(ErrorCode.UNKNOWN_LEADER_EPOCH);
        assertThat(read(partition, new FetchPosition(0, 1 << 20, 5, -1)).sizeBytes())
                .isPositive();
    }

    @Test
    void anEpochUnderWhichNothingWasWrittenEndsWhereTheLogEnds() {
        world.appendAndSettle(partition, "a");
        world.commit(new MetadataChange.LeaderEpochRaised(5));

        assertThat(endOfEpoch(0)).isEqualTo(new EpochEndOffset(0, 1));
        assertThat(endOfEpoch(3)).isEqualTo(new EpochEndOffset(0, 1));
        assertThat(endOfEpoch(5)).isEqualTo(new EpochEndOffset(5, 1));
        assertThat(endOfEpoch(6)).isEqualTo(EpochEndOffset.UNKNOWN);
    }

    @Test
    void aReaderWhoseLastRecordIsGoneIsToldWhereHistoriesDiverge() {
        world.appendAndSettle(partition, "a");
        world.commit(new MetadataChange.LeaderEpochRaised(5));

        PartitionRead read = read(partition, new FetchPosition(4, 1 << 20, 5, 3));

        assertThat(read.diverging()).isEqualTo(new EpochEndOffset(0, 1));
    }

    @Test
    void theFirstBatchIsReadEvenIfItIsLargerThanTheLimit() {
        world.appendAndSettle(partition, "x".repeat(1000));

        List<PartitionRead> reads = new ArrayList<>();
        partition.read(FROM_BEGIN, Isolation.READ_UNCOMMITTED, 10, true, reads::add);
        partition.read(FROM_BEGIN, Isolation.READ_UNCOMMITTED, 10, false, reads::add);
        world.settle();

        assertThat(reads.get(0).sizeBytes()).isGreaterThan(1000);
        assertThat(reads.get(1).sizeBytes()).isZero();
    }

    @Test
    void aReadInTheMiddleOfABatchGivesTheWholeBatch() {
        partition.append(world.batch("a", "b", "c"), Acks.ALL, 1000, answers::add);
        world.settle();

        PartitionRead read = read(partition, new FetchPosition(1, 1 << 20, -1, -1));

        assertThat(read.records().buffer().getLong(0)).isZero();
        read.release();
    }

    @Test
    void aDeletedTopicRefusesWhatWaitsAndWhatComes() {
        world.append(partition, "a", Acks.ALL, answers);
        world.commit(new MetadataChange.TopicDeleted(topic.id(), 0));
        world.runShards();
        world.append(partition, "b", Acks.ALL, answers);
        world.settle();

        assertThat(answers).extracting(AppendResult::code).containsOnly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(world.partitions.find("orders", 0)).isEmpty();
        assertThat(world.partitions.find(topic.id(), 0)).isEmpty();
    }

    @Test
    void aRequestBetweenTheDeletionAndItsEffectDoesNotHoldUpTheNextTopicOfTheName() {
        world.commit(
                new MetadataChange.TopicDeleted(topic.id(), 0),
                new MetadataChange.TopicPurged(topic.id()),
                new MetadataChange.TopicCreated("orders", new Uuid(1, 2), 1, 0, Map.of()));
        world.append(partition, "late", Acks.ALL, answers);
        world.append(world.partition("orders", 0), "new", Acks.ALL, answers);
        world.settle();

        assertThat(answers)
                .extracting(AppendResult::code)
                .containsExactly(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, ErrorCode.NONE);
    }

    @Test
    void aRestoredTopicHasItsRecordsAgain() {
        world.appendAndSettle(partition, "a");
        world.commit(new MetadataChange.TopicDeleted(topic.id(), 0));
        world.commit(new MetadataChange.TopicRestored(topic.id()));

        PartitionRead read = read(world.partition("orders", 0), FROM_BEGIN);

        assertThat(read.sizeBytes()).isPositive();
        read.release();
    }

    @Test
    void aTopicThatIsCreatedAgainUnderTheSameNameIsEmpty() {
        world.appendAndSettle(partition, "a");
        world.commit(
                new MetadataChange.TopicDeleted(topic.id(), 0),
                new MetadataChange.TopicPurged(topic.id()),
                new MetadataChange.TopicCreated("orders", new Uuid(1, 2), 1, 0, Map.of()));

        Partition again = world.partition("orders", 0);
        world.append(again, "b", Acks.ALL, answers);
        world.settle();

        assertThat(answers).extracting(AppendResult::baseOffset).containsExactly(0L);
    }

    @Test
    void settingsOfATopicHoldForItsPartitionsAtOnce() {
        world.appendAndSettle(partition, "a");

        world.commit(
                new MetadataChange.ConfigSet(ConfigResource.topic("orders"), "max.message.bytes", Optional.of("100")));
        world.append(partition, "x".repeat(1000), Acks.ALL, answers);
        world.settle();
        world.append(partition, "x".repeat(1000), Acks.ALL, answers);
        world.settle();

        assertThat(answers.get(1).code()).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
    }

    @Test
    void offsetsAreFoundAtTheirSpecialPlaces() {
        world.appendAndSettle(partition, "a");
        world.appendAndSettle(partition, "b");
        world.append(partition, "not durable", Acks.LEADER, answers);

        assertThat(find(PartitionOffsets.EARLIEST)).isZero();
        assertThat(find(PartitionOffsets.LATEST)).isEqualTo(2);
        assertThat(find(PartitionOffsets.EARLIEST_LOCAL)).isZero();
        assertThat(find(PartitionOffsets.LATEST_TIERED)).isEqualTo(-1);
        assertThat(find(PartitionOffsets.EARLIEST_PENDING_UPLOAD)).isEqualTo(-1);
    }

    @Test
    void recordsAreDeletedUpToTheHighWatermark() {
        world.appendAndSettle(partition, "a");
        world.appendAndSettle(partition, "b");

        assertThat(delete(partition, 3).code()).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
        assertThat(delete(partition, -5).code()).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
        assertThat(delete(partition, 1)).isEqualTo(new RecordDeletion(ErrorCode.NONE, 1));
        assertThat(delete(partition, RecordDeletion.UP_TO_HIGH_WATERMARK))
                .isEqualTo(new RecordDeletion(ErrorCode.NONE, 2));
    }

    @Test
    void recordsOfACompactedTopicAreNotDeletedByOffset() {
        world.createTopic("table", 1, Map.of("cleanup.policy", "compact"));

        assertThat(delete(world.partition("table", 0), 0).code()).isEqualTo(ErrorCode.POLICY_VIOLATION);
    }

    private EpochEndOffset endOfEpoch(int leaderEpoch) {
        return PartitionOffsets.endOfEpoch(partition, leaderEpoch, -1)
                .getNow(null)
                .end();
    }

    private PartitionRead read(Partition from, FetchPosition position) {
        List<PartitionRead> reads = new ArrayList<>();
        from.read(position, Isolation.READ_UNCOMMITTED, position.maxBytes(), true, reads::add);
        if (reads.isEmpty()) {
            world.settle();
        }
        return reads.get(0);
    }

    private long find(long timestampMs) {
        CompletableFuture<FoundOffset> found =
                PartitionOffsets.find(partition, timestampMs, Isolation.READ_UNCOMMITTED, -1);
        world.runShards();
        return found.getNow(FoundOffset.failed(ErrorCode.UNKNOWN_SERVER_ERROR)).offset();
    }

    private RecordDeletion delete(Partition from, long offset) {
        CompletableFuture<RecordDeletion> deletion = RecordDeletion.delete(from, offset);
        world.settle();
        return deletion.getNow(RecordDeletion.failed(ErrorCode.UNKNOWN_SERVER_ERROR));
    }
}
