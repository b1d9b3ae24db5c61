package io.daybook.broker.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.broker.partition.FetchPosition;
import io.daybook.broker.partition.Isolation;
import io.daybook.broker.partition.PartitionWorld;
import io.daybook.metadata.MetadataChange;
import io.daybook.metadata.TopicImage;
import io.daybook.runtime.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fetches over several partitions on two shards: what they wait for, and what sessions spare. */
class FetchesTest {
    private final PartitionWorld world = new PartitionWorld();
    private final TopicImage topic = world.createTopic("orders", 4, Map.of());
    private final Fetches fetches =
            new Fetches(world.shards(), world.partitions, 10, world.ticker, RandomSource.seeded(3));
    private final List<FetchAnswer> answers = new ArrayList<>();

    @Test
    void whatIsThereIsAnsweredAtOnce() {
        world.appendAndSettle(world.partition("orders", 1), "a");

        fetch(limits(1000, 1), item(0, 0), item(1, 0), item(2, 0));
        world.settle();

        assertThat(answers).hasSize(1);
        assertThat(sizes(0)).satisfies(sizes -> {
            assertThat(sizes.get(0)).isZero();
            assertThat(sizes.get(1)).isPositive();
            assertThat(sizes.get(2)).isZero();
        });
    }

    @Test
    void aFetchThatFindsNothingWaitsAndIsWokenByAnAppend() {
        fetch(limits(1000, 1), item(0, 0), item(1, 0), item(2, 0), item(3, 0));
        world.settle();
        assertThat(answers).isEmpty();

        world.appendAndSettle(world.partition("orders", 2), "a");

        assertThat(answers).hasSize(1);
        assertThat(sizes(0).get(2)).isPositive();
    }

    @Test
    void aFetchThatFindsNothingIsAnsweredWhenItsTimeIsOver() {
        fetch(limits(1000, 1), item(0, 0), item(1, 0));
        world.settle();
        world.ticker.advanceMs(999);
        world.settle();
        assertThat(answers).isEmpty();

        world.ticker.advanceMs(1);
        world.settle();

        assertThat(answers).hasSize(1);
        assertThat(sizes(0)).containsExactly(0, 0);
    }

    @Test
    void aFetchWaitsForSoManyBytesTogether() {
        fetch(limits(1000, 300), item(0, 0), item(1, 0));
        world.settle();

        world.appendAndSettle(world.partition("orders", 0), "x".repeat(60));
        world.appendAndSettle(world.partition("orders", 1), "x".repeat(60));
        assertThat(answers).isEmpty();
        world.appendAndSettle(world.partition("orders", 0), "x".repeat(60));

        assertThat(answers).hasSize(1);
        assertThat(sizes(0).get(0) + sizes(0).get(1)).isGreaterThan(300);
    }

    @Test
    void allOfAFetchIsBoundedButForOneBatch() {
        for (int i = 0; i < 4; i++) {
            world.appendAndSettle(world.partition("orders", i), "x".repeat(1000));
        }

        fetch(new FetchLimits(0, 1, 10, Isolation.READ_UNCOMMITTED), item(0, 0), item(1, 0), item(2, 0), item(3, 0));
        world.settle();

        assertThat(sizes(0)).filteredOn(size -> size > 0).hasSize(1);
    }

    @Test
    void aPartitionThatDoesNotExistIsAnsweredAtOnce() {
        fetch(limits(1000, 1), item(0, 0), item(99, 0));
        world.settle();

        assertThat(answers.get(0).parts().get(1).read().code()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void aTopicIdThatDoesNotExistHasItsOwnCode() {
        FetchItem unknown = new FetchItem(new FetchKey(new Uuid(5, 5), "", 0), position(0));
        FetchItem tooHigh = new FetchItem(new FetchKey(topic.id(), "", 99), position(0));
        fetches.fetch(new FetchRequest(0, -1, true, List.of(unknown, tooHigh), List.of(), limits(0, 1)), answers::add);
        world.settle();

        assertThat(answers.get(0).parts())
                .extracting(part -> part.read().code())
                .containsExactly(ErrorCode.UNKNOWN_TOPIC_ID, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void theEndOfATopicWakesWhoWaitsForIt() {
        fetch(limits(1000, 1), item(0, 0));
        world.settle();

        world.commit(new MetadataChange.TopicDeleted(topic.id(), 0));
        world.settle();

        assertThat(answers.get(0).parts().get(0).read().code()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void aSessionIsToldOnlyWhatChanged() {
        int session = begin(item(0, 0), item(1, 0), item(2, 0), item(3, 0));
        world.appendAndSettle(world.partition("orders", 3), "a");

        resume(session, 1, limits(1000, 1));
        world.settle();

        FetchAnswer answer = answers.get(1);
        assertThat(answer.sessionId()).isEqualTo(session);
        assertThat(answer.parts()).extracting(part -> part.key().partition()).containsExactly(3);
    }

    @Test
    void aSessionThatHasNothingNewAnswersEmptyWhenItsTimeIsOver() {
        int session = begin(item(0, 0), item(1, 0));

        resume(session, 1, limits(500, 1));
        world.settle();
        assertThat(answers).hasSize(1);
        world.ticker.advanceMs(500);
        world.settle();

        assertThat(answers.get(1).parts()).isEmpty();
    }

    @Test
    void aSessionRefusesAnEpochOutOfOrderAndAnotherWayToNameTopics() {
        int session = begin(item(0, 0));

        resume(session, 7, limits(0, 1));
        resume(session + 2, 1, limits(0, 1));
        fetches.fetch(new FetchRequest(session, 1, true, List.of(), List.of(), limits(0, 1)), answers::add);
        world.settle();

        assertThat(answers.subList(1, 4))
                .extracting(FetchAnswer::code)
                .containsExactly(
                        ErrorCode.INVALID_FETCH_SESSION_EPOCH,
                        ErrorCode.FETCH_SESSION_ID_NOT_FOUND,
                        ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR);
    }

    @Test
    void theLastFetchOfASessionEndsIt() {
        int session = begin(item(0, 0));
        fetches.fetch(new FetchRequest(session, -1, false, List.of(item(0, 0)), List.of(), limits(0, 1)), answers::add);
        resume(session, 1, limits(0, 1));
        world.settle();

        assertThat(answers.get(1).sessionId()).isZero();
        assertThat(answers.get(2).code()).isEqualTo(ErrorCode.FETCH_SESSION_ID_NOT_FOUND);
    }

    @Test
    void aFetchThatWaitsIsAnsweredWhenTheClientEndsItsSession() {
        int session = begin(item(0, 0));
        resume(session, 1, limits(10_000, 1));
        world.settle();
        assertThat(answers).hasSize(1);

        fetches.fetch(new FetchRequest(session, -1, false, List.of(), List.of(), limits(0, 1)), answers::add);
        world.settle();

        assertThat(answers).hasSize(3);
    }

    private int begin(FetchItem... items) {
        fetches.fetch(new FetchRequest(0, 0, false, List.of(items), List.of(), limits(0, 1)), answers::add);
        world.settle();
        assertThat(answers.get(0).sessionId()).isPositive();
        return answers.get(0).sessionId();
    }

    private void resume(int session, int epoch, FetchLimits limits) {
        fetches.fetch(new FetchRequest(session, epoch, false, List.of(), List.of(), limits), answers::add);
    }

    private void fetch(FetchLimits limits, FetchItem... items) {
        fetches.fetch(new FetchRequest(0, -1, false, List.of(items), List.of(), limits), answers::add);
    }

    private List<Integer> sizes(int answer) {
        return answers.get(answer).parts().stream()
                .map(part -> part.read().sizeBytes())
                .toList();
    }

    private static FetchLimits limits(int maxWaitMs, int minBytes) {
        return new FetchLimits(maxWaitMs, minBytes, 50 << 20, Isolation.READ_UNCOMMITTED);
    }

    private static FetchItem item(int partition, long offset) {
        return new FetchItem(new FetchKey(Uuid.ZERO, "orders", partition), position(offset));
    }

    private static FetchPosition position(long offset) {
        return new FetchPosition(offset, 1 << 20, -1, -1);
    }
}
