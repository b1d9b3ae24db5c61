package io.daybook.broker.group.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.wire.Message;
import io.daybook.base.wire.MessageOracle;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The records of __consumer_offsets, in every version, beside the classes of Kafka's own coordinator. */
class CoordinatorRecordOracleTest {
    private static final String KAFKA = "org.apache.kafka.coordinator.group.generated";

    static Stream<Class<? extends Message>> records() {
        return Arrays.stream(CoordinatorRecordType.values())
                .flatMap(type ->
                        Stream.of(type.newKey().getClass(), type.newValue().getClass()));
    }

    @Test
    void typesAreKafkas() {
        assertThat(Arrays.stream(CoordinatorRecordType.values())
                        .map(type -> type + " " + type.id() + " " + type.lowestVersion() + "-" + type.highestVersion()))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(org.apache.kafka.coordinator.group.generated.CoordinatorRecordType.values())
                                .map(type -> type.name() + " " + type.id() + " " + type.lowestSupportedVersion() + "-"
                                        + type.highestSupportedVersion())
                                .toList());
        for (CoordinatorRecordType type : CoordinatorRecordType.values()) {
            assertThat(CoordinatorRecordType.find(type.id())).contains(type);
        }
        assertThat(CoordinatorRecordType.find((short) 1000)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("records")
    void hasKafkasVersionsAndDefaults(Class<? extends Message> record) {
        new MessageOracle(record, KAFKA).hasKafkasVersionsAndDefaults();
    }

    @ParameterizedTest
    @MethodSource("records")
    void roundTripsThroughKafka(Class<? extends Message> record) {
        new MessageOracle(record, KAFKA).roundTripsThroughKafka(50);
    }

    @ParameterizedTest
    @MethodSource("records")
    void refusesEveryPrefix(Class<? extends Message> record) {
        new MessageOracle(record, KAFKA).refusesEveryPrefix(2);
    }

    @ParameterizedTest
    @MethodSource("records")
    void survivesMutation(Class<? extends Message> record) {
        new MessageOracle(record, KAFKA).survivesMutation(3, 60);
    }
}
