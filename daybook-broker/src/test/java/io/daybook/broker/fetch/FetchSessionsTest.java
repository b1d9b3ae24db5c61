package io.daybook.broker.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.base.record.MemoryRecords;
import io.daybook.base.record.Records;
import io.daybook.broker.partition.FetchPosition;
import io.daybook.broker.partition.Isolation;
import io.daybook.broker.partition.PartitionRead;
import io.daybook.broker.partition.ReadableOffsets;
import io.daybook.log.EpochEndOffset;
import io.daybook.runtime.ManualShard;
import io.daybook.runtime.ManualTicker;
import io.daybook.runtime.RandomSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a fetch session remembers, and when it has to go. */
class FetchSessionsTest {
    private static final Isolation ANY = Isolation.READ_UNCOMMITTED;

    private final ManualTicker ticker = new ManualTicker();
    private final FetchSessions sessions =
            new FetchSessions(new ManualShard(ticker), new FetchSessions.Part(1, 3), 2, ticker, RandomSource.seeded(1));

    @Test
    void theIdentifierSaysWhichShardKeepsTheSession() {
        int id = sessions.create(false, 1).orElseThrow().id();

        assertThat(id).isPositive();
        assertThat(id % 3).isEqualTo(1);
    }

    @Test
    void withoutRoomAYoungSessionStaysAndTheClientGoesWithout() {
        sessions.create(false, 1).orElseThrow();
        sessions.create(false, 1).orElseThrow();

        assertThat(sessions.create(false, 5)).isEmpty();
        assertThat(sessions.size()).isEqualTo(2);
    }

    @Test
    void theSessionThatWasNotUsedForLongestGivesWay() {
        FetchSession first = sessions.create(false, 1).orElseThrow();
        FetchSession second = sessions.create(false, 1).orElseThrow();
        ticker.advanceMs(100_000);
        sessions.find(first.id()).ifPresent(sessions::used);
        ticker.advanceMs(100_000);

        assertThat(sessions.create(false, 1)).isPresent();
        assertThat(sessions.find(second.id())).isEmpty();
        assertThat(sessions.find(first.id())).isPresent();
    }

    @Test
    void aSmallSessionGivesWayToALargerOneOnceItIsOld() {
        FetchSession small = filled(sessions.create(false, 1).orElseThrow(), 1);
        FetchSession large = filled(sessions.create(false, 9).orElseThrow(), 9);
        ticker.advanceMs(121_000);
        sessions.used(small);
        sessions.used(large);

        assertThat(sessions.create(false, 1)).isEmpty();
        assertThat(sessions.create(false, 5)).isPresent();
        assertThat(sessions.find(small.id())).isEmpty();
        assertThat(sessions.find(large.id())).isPresent();
    }

    @Test
    void theEpochGrowsWithEveryUse() {
        FetchSession session = sessions.create(false, 1).orElseThrow();

        assertThat(session.nextEpoch()).isEqualTo(1);
        sessions.used(session);
        assertThat(session.nextEpoch()).isEqualTo(2);
    }

    @Test
    void onlyWhatChangedIsNews() {
        FetchSession session = filled(sessions.create(false, 3).orElseThrow(), 3);
        List<FetchItem> items = session.takeChanged(ANY).list();
        session.news(items, new PartitionRead[] {at(5), at(5), at(5)}, ANY);

        List<FetchAnswer.Part> news = session.news(items, new PartitionRead[] {at(5), at(6), at(5)}, ANY);

        assertThat(news).extracting(part -> part.key().partition()).containsExactly(1);
        assertThat(session.news(items, new PartitionRead[] {at(5), at(6), at(5)}, ANY))
                .isEmpty();
    }

    @Test
    void anErrorAndItsEndAreNews() {
        FetchSession session = filled(sessions.create(false, 1).orElseThrow(), 1);
        List<FetchItem> items = session.takeChanged(ANY).list();
        session.news(items, new PartitionRead[] {at(5)}, ANY);

        assertThat(session.news(items, new PartitionRead[] {PartitionRead.failed(ErrorCode.KAFKA_STORAGE_ERROR)}, ANY))
                .hasSize(1);
        assertThat(session.news(items, new PartitionRead[] {at(5)}, ANY)).hasSize(1);
        assertThat(session.news(items, new PartitionRead[] {at(5)}, ANY)).isEmpty();
    }

    @Test
    void whoeverWasServedIsLastTheNextTimeAndWhoIsAtItsEndIsNotReadAgain() {
        FetchSession session = filled(sessions.create(false, 4).orElseThrow(), 4);
        PartitionRead error = PartitionRead.failed(ErrorCode.KAFKA_STORAGE_ERROR);

        session.news(
                session.takeChanged(ANY).list(), new PartitionRead[] {withRecords(), at(0), error, notAtEnd()}, ANY);

        assertThat(session.takeChanged(ANY).list())
                .extracting(each -> each.key().partition())
                .containsExactly(2, 3, 0);
    }

    @Test
    void forgottenPartitionsLeaveAndKnownOnesMove() {
        FetchSession session = filled(sessions.create(false, 4).orElseThrow(), 4);

        session.update(
                List.of(item(2, 77)), List.of(item(0, 0).key(), item(9, 0).key()));
        List<FetchItem> items = session.takeChanged(ANY).list();

        assertThat(items).extracting(each -> each.key().partition()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(items)
                .filteredOn(each -> each.key().partition() == 2)
                .extracting(each -> each.position().offset())
                .containsExactly(77L);
    }

    private static FetchSession filled(FetchSession session, int partitions) {
        List<FetchItem> items = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            items.add(item(i, 0));
        }
        session.update(items, List.of());
        return session;
    }

    private static FetchItem item(int partition, long offset) {
        return new FetchItem(new FetchKey(Uuid.ZERO, "orders", partition), new FetchPosition(offset, 1 << 20, -1, -1));
    }

    private static PartitionRead at(long highWatermark) {
        return new PartitionRead(
                ErrorCode.NONE,
                new ReadableOffsets(highWatermark, highWatermark, 0),
                Records.EMPTY,
                List.of(),
                EpochEndOffset.UNKNOWN);
    }

    private static PartitionRead notAtEnd() {
        return at(9);
    }

    private static PartitionRead withRecords() {
        return new PartitionRead(
                ErrorCode.NONE,
                new ReadableOffsets(9, 9, 0),
                new MemoryRecords(ByteBuffer.allocate(100)),
                List.of(),
                EpochEndOffset.UNKNOWN);
    }
}
