package io.daybook.broker.topic;

import static io.daybook.broker.topic.ConfigAlteration.Operation.APPEND;
import static io.daybook.broker.topic.ConfigAlteration.Operation.DELETE;
import static io.daybook.broker.topic.ConfigAlteration.Operation.SET;
import static io.daybook.broker.topic.ConfigAlteration.Operation.SUBTRACT;
import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.BrokerConfigKeys;
import io.daybook.broker.config.ConfigSource;
import io.daybook.broker.config.DescribedConfig;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.topic.ConfigAlteration.Edit;
import io.daybook.broker.topic.ConfigAlteration.Operation;
import io.daybook.metadata.ConfigResource;
import io.daybook.metadata.MemoryMetadataStore;
import io.daybook.metadata.MetadataWriter;
import io.daybook.runtime.ManualShard;
import io.daybook.runtime.RandomSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigServiceTest {
    private static final ConfigResource TOPIC = ConfigResource.topic("t");
    private static final ConfigResource BROKER = ConfigResource.broker(1);

    private final ManualShard shard = new ManualShard();
    private final MemoryMetadataStore store = new MemoryMetadataStore(shard, "cluster");
    private final MetadataWriter writer = new MetadataWriter(shard, store);
    private final LiveConfig live =
            LiveConfig.following(store, BrokerConfig.of(Map.of("log.cleanup.policy", "compact")));
    private final ConfigService configs = new ConfigService(writer, live);

    @BeforeEach
    void makeATopic() {
        new TopicService(writer, live, shard.ticker(), RandomSource.seeded(1))
                .ensure("t")
                .join();
    }

    @Test
    void singleKeysAreSetAndDeletedAndOthersStay() {
        assertThat(alter(TOPIC, set("retention.ms", "5"), set("segment.ms", "6"))
                        .code())
                .isEqualTo(ErrorCode.NONE);
        alter(TOPIC, edit("retention.ms", DELETE, null));

        assertThat(store.image().configs(TOPIC)).containsExactlyEntriesOf(Map.of("segment.ms", "6"));
    }

    @Test
    void aWholeConfigurationIsReplaced() {
        alter(TOPIC, set("retention.ms", "5"));

        configs.alter(List.of(new ConfigAlteration(TOPIC, List.of(set("segment.ms", "7")), true)), false)
                .join();

        assertThat(store.image().configs(TOPIC)).containsExactlyEntriesOf(Map.of("segment.ms", "7"));
    }

    @Test
    void wordsAreAppendedToAndSubtractedFromWhatHolds() {
        alter(TOPIC, edit("cleanup.policy", APPEND, "delete"));
        assertThat(store.image().configs(TOPIC)).containsEntry("cleanup.policy", "compact,delete");

        alter(TOPIC, edit("cleanup.policy", APPEND, "delete"));
        assertThat(store.image().configs(TOPIC)).containsEntry("cleanup.policy", "compact,delete");

        alter(TOPIC, edit("cleanup.policy", SUBTRACT, "compact"));
        assertThat(store.image().configs(TOPIC)).containsEntry("cleanup.policy", "delete");

        assertThat(alter(TOPIC, edit("retention.ms", APPEND, "1")).message())
                .isEqualTo("Can't APPEND to key retention.ms because its type is not LIST.");
    }

    @Test
    void malformedAlterationsAreRefused() {
        assertThat(alter(TOPIC, set("retention.ms", "1"), set("retention.ms", "2"))
                        .message())
                .isEqualTo("Error due to duplicate config keys");
        assertThat(alter(TOPIC, edit("retention.ms", SET, null)).message())
                .isEqualTo("Null value not supported for : retention.ms");
        assertThat(alter(TOPIC, set("retention.ms", "-5")).code()).isEqualTo(ErrorCode.INVALID_CONFIG);
        assertThat(alter(ConfigResource.topic("u"), set("retention.ms", "5")).code())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        ConfigAlteration twice = new ConfigAlteration(TOPIC, List.of(set("retention.ms", "5")), false);
        assertThat(configs.alter(List.of(twice, twice), false).join())
                .allMatch(each -> each.message().equals("Each resource must appear at most once."));
        assertThat(store.image().configs(TOPIC)).isEmpty();
    }

    @Test
    void theBrokerIsChangedWhileItRuns() {
        assertThat(alter(ConfigResource.ALL_BROKERS, set("message.max.bytes", "77"))
                        .code())
                .isEqualTo(ErrorCode.NONE);
        assertThat(live.current().get(BrokerConfigKeys.MESSAGE_MAX_BYTES)).isEqualTo(77);
        assertThat(describe(TOPIC, "max.message.bytes").source()).isEqualTo(ConfigSource.DYNAMIC_DEFAULT_BROKER);

        alter(BROKER, set("message.max.bytes", "88"));
        assertThat(live.current().get(BrokerConfigKeys.MESSAGE_MAX_BYTES)).isEqualTo(88);
        assertThat(describe(BROKER, "message.max.bytes").source()).isEqualTo(ConfigSource.DYNAMIC_BROKER);
        assertThat(describe(TOPIC, "max.message.bytes").value()).contains("88");

        alter(BROKER, edit("message.max.bytes", DELETE, null));
        alter(ConfigResource.ALL_BROKERS, edit("message.max.bytes", DELETE, null));
        assertThat(live.current().get(BrokerConfigKeys.MESSAGE_MAX_BYTES)).isEqualTo(1048588);
    }

    @Test
    void aValueThatNoTopicCanInheritIsRefused() {
        assertThat(alter(ConfigResource.ALL_BROKERS, set("log.roll.ms", "0")).message())
                .isEqualTo("Invalid value 0 for configuration segment.ms: Value must be at least 1");
    }

    @Test
    void whatNeedsARestartIsRefused() {
        assertThat(alter(BROKER, set("num.partitions", "5")).message())
                .isEqualTo("Cannot update these configs dynamically: [num.partitions]");
        assertThat(alter(BROKER, set("message.max.byte", "5")).message())
                .isEqualTo("Unknown broker config name: message.max.byte (did you mean message.max.bytes?)");
        assertThat(alter(BROKER, set("message.max.bytes", "-5")).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(alter(ConfigResource.broker(9), set("message.max.bytes", "5"))
                        .message())
                .isEqualTo("Unexpected broker id, expected 1, but received 9");
    }

    @Test
    void aGroupHasItsOwnConfiguration() {
        ConfigResource group = ConfigResource.group("g");

        assertThat(alter(group, set("consumer.session.timeout.ms", "50000")).code())
                .isEqualTo(ErrorCode.NONE);
        assertThat(describe(group, "consumer.session.timeout.ms").value()).contains("50000");
        assertThat(alter(group, set("consumer.session.timeout.ms", "100")).message())
                .isEqualTo("consumer.session.timeout.ms must be greater than or equal to "
                        + "group.consumer.min.session.timeout.ms");
        assertThat(alter(group, set("nothing", "1")).message()).isEqualTo("Unknown group config name: nothing");
    }

    private static Edit set(String key, String value) {
        return edit(key, SET, value);
    }

    private static Edit edit(String key, Operation operation, String value) {
        return new Edit(key, operation, Optional.ofNullable(value));
    }

    private ConfigOutcome alter(ConfigResource resource, Edit... edits) {
        return configs.alter(List.of(new ConfigAlteration(resource, List.of(edits), false)), false)
                .join()
                .get(0);
    }

    private DescribedConfig describe(ConfigResource resource, String key) {
        return configs.describe(resource).configs().stream()
                .filter(each -> each.name().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
