package io.daybook.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigKeysTest {
    @Test
    void everyDefaultIsAllowedByItsOwnRule() {
        for (ConfigSchema schema : List.of(BrokerConfigKeys.ALL, TopicConfigKeys.ALL, GroupConfigKeys.ALL)) {
            for (ConfigKey<?> key : schema.keys()) {
                key.defaultText()
                        .ifPresent(text ->
                                assertThat(key.problem(text)).as(key.name()).isEmpty());
            }
        }
    }

    @Test
    void everyKeyOfATopicThatHasABrokersDefaultHasTheSameOneThere() {
        TopicConfig inherited = BrokerConfig.DEFAULTS.topic(Map.of());
        for (ConfigKey<?> key : TopicConfigKeys.ALL.keys()) {
            assertThat(inherited.text(key)).as(key.name()).isEqualTo(key.defaultText());
        }
    }

    @Test
    void everyKeyOfAGroupThatHasABrokersDefaultHasTheSameOneThere() {
        GroupConfig inherited = BrokerConfig.DEFAULTS.group(Map.of());
        for (ConfigKey<?> key : GroupConfigKeys.ALL.keys()) {
            assertThat(inherited.text(key)).as(key.name()).isEqualTo(key.defaultText());
        }
    }

    @Test
    void aWrongValueIsExplainedInKafkasWords() {
        assertThat(TopicConfigKeys.RETENTION_MS.problem("soon"))
                .contains("Invalid value soon for configuration retention.ms: Not a number of type LONG");
        assertThat(TopicConfigKeys.SEGMENT_BYTES.problem("14"))
                .contains("Invalid value 14 for configuration segment.bytes: Value must be at least 1048576");
        assertThat(TopicConfigKeys.MIN_CLEANABLE_DIRTY_RATIO.problem("1.5"))
                .contains(
                        "Invalid value 1.5 for configuration min.cleanable.dirty.ratio: Value must be no more than 1");
        assertThat(TopicConfigKeys.MESSAGE_TIMESTAMP_TYPE.problem("now"))
                .contains("Invalid value now for configuration message.timestamp.type: "
                        + "String must be one of: CreateTime, LogAppendTime");
        assertThat(TopicConfigKeys.CLEANUP_POLICY.problem("delete,shred"))
                .contains("Invalid value shred for configuration cleanup.policy: "
                        + "String must be one of: compact, delete");
        assertThat(TopicConfigKeys.PREALLOCATE.problem("yes"))
                .contains("Invalid value yes for configuration preallocate: "
                        + "Expected value to be either true or false");
    }

    @Test
    void aMistypedKeyIsAnsweredWithTheOneThatWasMeant() {
        assertThat(BrokerConfigKeys.ALL.nearest("log.retention.hour")).contains("log.retention.hours");
        assertThat(BrokerConfigKeys.ALL.nearest("num.partition")).contains("num.partitions");
        assertThat(BrokerConfigKeys.ALL.nearest("something.else.altogether.that.nobody.knows"))
                .isEmpty();
    }

    @Test
    void ofSeveralSynonymsTheFinestThatIsConfiguredCounts() {
        assertThat(retentionMs(Map.of("log.retention.hours", "2"))).isEqualTo(7_200_000);
        assertThat(retentionMs(Map.of("log.retention.hours", "2", "log.retention.minutes", "3")))
                .isEqualTo(180_000);
        assertThat(retentionMs(Map.of("log.retention.minutes", "3", "log.retention.ms", "4")))
                .isEqualTo(4);
    }

    @Test
    void aNegativeRetentionOfTheBrokerMeansForEver() {
        assertThat(retentionMs(Map.of("log.retention.hours", "-1"))).isEqualTo(-1);
        assertThat(retentionMs(Map.of("log.retention.ms", "-1"))).isEqualTo(-1);
    }

    @Test
    void aTopicsOwnValueCountsBeforeTheBrokersAndADynamicOneBeforeAStaticOne() {
        BrokerConfig started = BrokerConfig.of(Map.of("log.segment.bytes", "2000000"));
        BrokerConfig changed = started.withDynamic(Map.of("log.segment.bytes", "3000000"), Map.of());

        assertThat(started.topic(Map.of()).get(TopicConfigKeys.SEGMENT_BYTES)).isEqualTo(2_000_000);
        assertThat(changed.topic(Map.of()).get(TopicConfigKeys.SEGMENT_BYTES)).isEqualTo(3_000_000);
        assertThat(changed.topic(Map.of("segment.bytes", "4000000")).get(TopicConfigKeys.SEGMENT_BYTES))
                .isEqualTo(4_000_000);
    }

    @Test
    void secretsAreNotInMessages() {
        ConfigKey<?> password = BrokerConfigKeys.ALL.find("ssl.key.password").orElseThrow();
        List<DescribedConfig> described = new ConfigDescriptions(
                        BrokerConfig.of(Map.of("ssl.key.password", "hunter2", "my.own.secret", "hunter2")))
                .broker();

        assertThat(password.isSensitive()).isTrue();
        assertThat(described.toString()).doesNotContain("hunter2");
    }

    @Test
    void aValueThatIsWrongStopsTheStart() {
        assertThatThrownBy(() -> BrokerConfig.of(Map.of("num.partitions", "0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid value 0 for configuration num.partitions: Value must be at least 1");
    }

    @Test
    void aValueThatNoTopicCanInheritStopsTheStart() {
        assertThatThrownBy(() -> BrokerConfig.of(Map.of("log.roll.ms", "0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid value 0 for configuration segment.ms: Value must be at least 1");
    }

    @Test
    void anOlderFileMayNameTheBrokerByItsOlderKey() {
        assertThat(BrokerConfig.of(Map.of("broker.id", "7")).get(BrokerConfigKeys.NODE_ID))
                .isEqualTo(7);
        assertThat(BrokerConfig.of(Map.of("broker.id", "7", "node.id", "8")).get(BrokerConfigKeys.NODE_ID))
                .isEqualTo(8);
        assertThat(BrokerConfig.DEFAULTS.get(BrokerConfigKeys.NODE_ID)).isEqualTo(1);
    }

    @Test
    void whatKafkaRemovedIsDescribedOnlyWhereItIsSet() {
        assertThat(names(Map.of())).doesNotContain("zookeeper.connect").contains("num.io.threads");
        assertThat(names(Map.of("zookeeper.connect", "localhost"))).contains("zookeeper.connect");
    }

    private static List<String> names(Map<String, String> broker) {
        return new ConfigDescriptions(BrokerConfig.of(broker))
                .broker().stream().map(DescribedConfig::name).toList();
    }

    @Test
    void aDescriptionSaysWhereAValueComesFrom() {
        BrokerConfig broker = BrokerConfig.of(Map.of("log.retention.hours", "5"))
                .withDynamic(Map.of("log.retention.ms", "77"), Map.of());
        DescribedConfig described = new ConfigDescriptions(broker)
                .topic(Map.of("retention.ms", "99")).stream()
                        .filter(each -> each.name().equals("retention.ms"))
                        .findFirst()
                        .orElseThrow();

        assertThat(described.value()).contains("99");
        assertThat(described.source()).isEqualTo(ConfigSource.TOPIC);
        assertThat(described.synonyms())
                .extracting(each -> each.name() + "=" + each.value().orElse("") + " " + each.source())
                .containsExactly(
                        "retention.ms=99 TOPIC",
                        "log.retention.ms=77 DYNAMIC_DEFAULT_BROKER",
                        "log.retention.hours=5 STATIC_BROKER",
                        "log.retention.hours=168 DEFAULT");
    }

    private static long retentionMs(Map<String, String> broker) {
        return BrokerConfig.of(broker).topic(Map.of()).get(TopicConfigKeys.RETENTION_MS);
    }
}
