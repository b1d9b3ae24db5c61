package io.daybook.broker.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.metadata.ConfigResource;
import io.daybook.metadata.MetadataChange;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is due from time to time, above all in logs that are closed. */
class UpkeepTest {
    private static final long INTERVAL_MS = 1_000;
    private static final int PARTITIONS = 250;
    private static final String MEBIBYTE = Integer.toString(1 << 20);

    private final PartitionWorld world = new PartitionWorld();

    @ParameterizedTest
    @ValueSource(strings = {"delete", "compact", "compact,delete"})
    void aRoundOverIdlePartitionsOpensNoLog(String policy) {
        world.createTopic("orders", PARTITIONS, Map.of("cleanup.policy", policy));
        for (int i = 0; i < PARTITIONS; i++) {
            world.appendKeyed(world.partition("orders", i), "key", "a");
        }
        world.restart();
        startUpkeep();

        world.pass(10 * INTERVAL_MS);

        assertThat(world.openedLogs()).isEmpty();
    }

    @Test
    void logsThatNobodyUsesAreClosedAndNotOpenedAgain() {
        world.createTopic("orders", PARTITIONS, Map.of());
        for (int i = 0; i < PARTITIONS; i++) {
            world.appendKeyed(world.partition("orders", i), "key", "a");
        }
        startUpkeep();

        world.pass(10 * INTERVAL_MS);

        for (int i = 0; i < PARTITIONS; i++) {
            assertThat(world.partition("orders", i).isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "compact,delete"})
    void whatIsTooOldGoesFromALogThatNobodyOpenedSinceTheStart(String policy) throws Exception {
        world.createTopic("orders", 1, Map.of("cleanup.policy", policy, "retention.ms", "60000"));
        world.appendKeyed(world.partition("orders", 0), "key", "a");
        world.restart();
        startUpkeep();

        world.pass(59_000);
        assertThat(world.openedLogs()).isEmpty();
        assertThat(world.segments("orders-0")).containsOnlyKeys("0");
        world.pass(2_000 + INTERVAL_MS);

        assertThat(world.segments("orders-0")).isEqualTo(Map.of("1", 0L));
        assertThat(startOffset()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "compact,delete"})
    void whatIsTooOldGoesFromALogThatWasClosedBecauseNobodyUsedIt(String policy) throws Exception {
        world.createTopic("orders", 1, Map.of("cleanup.policy", policy, "retention.ms", "60000"));
        world.appendKeyed(world.partition("orders", 0), "key", "a");
        startUpkeep();

        world.pass(58_000);
        assertThat(world.partition("orders", 0).isOpen()).isFalse();
        assertThat(world.segments("orders-0")).containsOnlyKeys("0");
        world.pass(3_000 + INTERVAL_MS);

        assertThat(world.segments("orders-0")).isEqualTo(Map.of("1", 0L));
        assertThat(world.partition("orders", 0).isOpen()).isFalse();
    }

    @Test
    void ofAClosedLogOnlyTheSegmentsGoThatAreTooOld() throws Exception {
        appendSegments(Map.of("segment.bytes", MEBIBYTE, "retention.ms", "60000"), 25_000);
        world.restart();
        startUpkeep();

        world.pass(5_000);

        assertThat(world.segments("orders-0")).containsOnlyKeys("1", "2", "3");
        assertThat(world.partition("orders", 0).isOpen()).isFalse();
        world.pass(10_000);
        assertThat(world.segments("orders-0")).containsOnlyKeys("2", "3");
    }

    @Test
    void aSegmentOfAClosedLogStaysAsLongAsItsYoungestRecord() throws Exception {
        world.createTopic("orders", 1, Map.of("retention.ms", "60000"));
        world.appendKeyed(world.partition("orders", 0), "key", "old");
        world.pass(50_000);
        world.appendKeyed(world.partition("orders", 0), "key", "young");
        world.restart();
        startUpkeep();

        world.pass(55_000);

        assertThat(world.openedLogs())
                .as("the head of the first batch does not tell")
                .containsExactly("orders-0");
        assertThat(world.segments("orders-0")).containsOnlyKeys("0");
        world.pass(6_000 + INTERVAL_MS);
        assertThat(world.segments("orders-0")).containsOnlyKeys("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "compact,delete"})
    void whatIsTooMuchGoesFromAClosedLogWhenTheSettingsChange(String policy) throws Exception {
        appendSegments(Map.of("segment.bytes", MEBIBYTE, "cleanup.policy", policy), 0);
        world.restart();
        startUpkeep();
        world.pass(3 * INTERVAL_MS);
        assertThat(world.openedLogs()).isEmpty();

        set("retention.bytes", "1000000");
        world.pass(3 * INTERVAL_MS);

        assertThat(world.segments("orders-0")).containsOnlyKeys("2", "3");
        assertThat(world.partition("orders", 0).isOpen()).isFalse();
    }

    @Test
    void whatFitsIsNotOpened() {
        appendSegments(Map.of("segment.bytes", MEBIBYTE, "retention.bytes", "3000000"), 0);
        world.restart();
        startUpkeep();

        world.pass(10 * INTERVAL_MS);

        assertThat(world.openedLogs()).isEmpty();
    }

    @Test
    void aShorterTimeHoldsForClosedLogsFromTheNextRoundOn() throws Exception {
        world.createTopic("orders", 1, Map.of());
        world.appendKeyed(world.partition("orders", 0), "key", "a");
        world.restart();
        startUpkeep();
        world.pass(3 * INTERVAL_MS);

        set("retention.ms", "1000");
        world.pass(2 * INTERVAL_MS);

        assertThat(world.segments("orders-0")).isEqualTo(Map.of("1", 0L));
    }

    @Test
    void nothingGoesFromALogThatIsOnlyCompacted() throws Exception {
        appendSegments(
                Map.of(
                        "segment.bytes",
                        MEBIBYTE,
                        "retention.ms",
                        "1000",
                        "retention.bytes",
                        "1",
                        "cleanup.policy",
                        "compact"),
                10_000);
        world.restart();
        Map<String, Long> before = new TreeMap<>(world.segments("orders-0"));
        startUpkeep();

        world.pass(10 * INTERVAL_MS);

        assertThat(world.segments("orders-0")).isEqualTo(before);
        assertThat(world.openedLogs()).isEmpty();
    }

    private void startUpkeep() {
        world.partitions.startUpkeep(world.ticker, INTERVAL_MS, () -> INTERVAL_MS);
        world.settle();
    }

    /** Four segments of 600,000 bytes each. */
    private void appendSegments(Map<String, String> settings, long pauseMs) {
        world.createTopic("orders", 1, settings);
        for (int i = 0; i < 4; i++) {
            world.appendKeyed(world.partition("orders", 0), "key-" + i, "x".repeat(600_000));
            world.pass(i < 3 ? pauseMs : 0);
        }
    }

    private void set(String name, String value) {
        world.commit(new MetadataChange.ConfigSet(ConfigResource.topic("orders"), name, Optional.of(value)));
    }

    private long startOffset() {
        CompletableFuture<Long> answer = world.partition("orders", 0)
                .ask(
                        log -> CompletableFuture.completedFuture(log.startOffset()),
                        (ErrorCode code, String reason) -> -1L);
        world.settle();
        return answer.getNow(-1L);
    }
}
