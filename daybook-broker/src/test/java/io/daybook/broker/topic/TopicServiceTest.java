package io.daybook.broker.topic;

import static io.daybook.broker.topic.NewTopic.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.broker.config.BrokerConfig;
import io.daybook.broker.config.LiveConfig;
import io.daybook.broker.topic.NewTopic.PartitionAssignment;
import io.daybook.metadata.MemoryMetadataStore;
import io.daybook.metadata.MetadataWriter;
import io.daybook.runtime.ManualShard;
import io.daybook.runtime.ManualTicker;
import io.daybook.runtime.RandomSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicServiceTest {
    private final ManualTicker ticker = new ManualTicker();
    private final ManualShard shard = new ManualShard(ticker);
    private final MemoryMetadataStore store = new MemoryMetadataStore(shard, "cluster");

    @Test
    void aTopicGetsTheBrokersDefaults() {
        TopicOutcome created = create(service(Map.of("num.partitions", "4")), NewTopic.withDefaults("orders"));

        assertThat(created.code()).isEqualTo(ErrorCode.NONE);
        assertThat(store.image().topic("orders").orElseThrow().partitionCount()).isEqualTo(4);
        assertThat(store.image().topic(created.id())).isPresent();
    }

    @Test
    void illegalNamesAreRefusedInKafkasWords() {
        assertThat(refusal("")).isEqualTo("Topic name is invalid: the empty string is not allowed");
        assertThat(refusal("..")).isEqualTo("Topic name is invalid: '..' is not allowed");
        assertThat(refusal("a b"))
                .isEqualTo("Topic name is invalid: 'a b' contains one or more characters other than ASCII "
                        + "alphanumerics, '.', '_' and '-'");
        assertThat(refusal("x".repeat(250))).contains("is longer than the max allowed length 249");
        assertThat(create(service(Map.of()), NewTopic.withDefaults("x".repeat(249)))
                        .code())
                .isEqualTo(ErrorCode.NONE);
    }

    @Test
    void namesThatMetricsCannotTellApartAreRefused() {
        TopicService topics = service(Map.of());
        create(topics, NewTopic.withDefaults("a.b"));

        TopicOutcome second = create(topics, NewTopic.withDefaults("a_b"));

        assertThat(second.code()).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
        assertThat(second.message()).isEqualTo("Topic 'a_b' collides with existing topic: a.b");
    }

    @Test
    void sizesThatOneBrokerCannotHoldAreRefused() {
        assertThat(create(sized("t", 1, 3)).code()).isEqualTo(ErrorCode.INVALID_REPLICATION_FACTOR);
        assertThat(create(sized("t", 1, 3)).message())
                .isEqualTo("Unable to replicate the partition 3 time(s): The target replication factor of 3 cannot be "
                        + "reached because only 1 broker(s) are registered.");
        assertThat(create(sized("t", 1, 0)).message())
                .isEqualTo("Replication factor must be larger than 0, or -1 to use the default value.");
        assertThat(create(sized("t", 0, 1)).code()).isEqualTo(ErrorCode.INVALID_PARTITIONS);
        assertThat(create(sized("t", 0, 1)).message())
                .isEqualTo("Number of partitions was set to an invalid non-positive value.");
        assertThat(create(service(Map.of("daybook.max.partitions", "10")), sized("t", 11, 1))
                        .code())
                .isEqualTo(ErrorCode.POLICY_VIOLATION);
    }

    @Test
    void assignmentsMustBeWholeAndToThisBroker() {
        assertThat(create(assigned(DEFAULT, DEFAULT, List.of(at(0, 1), at(1, 1))))
                        .code())
                .isEqualTo(ErrorCode.NONE);
        assertThat(create(assigned(1, DEFAULT, List.of(at(0, 1)))).message())
                .isEqualTo("A manual partition assignment was specified, but numPartitions was not set to -1.");
        assertThat(create(assigned(DEFAULT, 1, List.of(at(0, 1)))).message())
                .isEqualTo("A manual partition assignment was specified, but replication factor was not set to -1.");
        assertThat(create(assigned(DEFAULT, DEFAULT, List.of(at(0, 7)))).message())
                .isEqualTo("The manual partition assignment includes broker 7, but no such broker is registered.");
        assertThat(create(assigned(DEFAULT, DEFAULT, List.of(at(0, 1, 1)))).message())
                .isEqualTo("The manual partition assignment includes the broker 1 more than once.");
        assertThat(create(assigned(DEFAULT, DEFAULT, List.of(at(0)))).message())
                .isEqualTo("The manual partition assignment includes an empty replica list.");
        assertThat(create(assigned(DEFAULT, DEFAULT, List.of(at(0, 1), at(0, 1))))
                        .message())
                .isEqualTo("Found multiple manual partition assignments for partition 0");
        assertThat(create(assigned(DEFAULT, DEFAULT, List.of(at(1, 1), at(2, 1))))
                        .message())
                .isEqualTo("partitions should be a consecutive 0-based integer sequence");
    }

    @Test
    void wrongConfigurationIsRefused() {
        assertThat(create(configured("retention.ms", Optional.of("soon"))).message())
                .isEqualTo("Invalid value soon for configuration retention.ms: Not a number of type LONG");
        assertThat(create(configured("retention.m", Optional.of("1"))).message())
                .isEqualTo("Unknown topic config name: retention.m (did you mean retention.ms?)");
        assertThat(create(configured("retention.ms", Optional.empty())).message())
                .isEqualTo("Null value not supported for topic configs: retention.ms");
        assertThat(create(configured("min.compaction.lag.ms", Optional.of("" + Long.MAX_VALUE)))
                        .code())
                .isEqualTo(ErrorCode.NONE);
        NewTopic contradictory = new NewTopic(
                "t",
                1,
                1,
                List.of(),
                Map.of("min.compaction.lag.ms", Optional.of("5"), "max.compaction.lag.ms", Optional.of("4")));
        assertThat(create(contradictory).message())
                .isEqualTo("conflict topic config setting min.compaction.lag.ms (5) > max.compaction.lag.ms (4)");
    }

    @Test
    void theTopicsOfOneRequestAreIndependent() {
        List<TopicOutcome> outcomes = service(Map.of())
                .create(
                        List.of(
                                NewTopic.withDefaults("a"),
                                NewTopic.withDefaults("a"),
                                NewTopic.withDefaults("b"),
                                NewTopic.withDefaults("c.d"),
                                NewTopic.withDefaults("c_d")),
                        false)
                .join();

        assertThat(outcomes)
                .extracting(TopicOutcome::code)
                .containsExactly(
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.NONE,
                        ErrorCode.NONE,
                        ErrorCode.INVALID_TOPIC_EXCEPTION);
        assertThat(store.image().topicCount()).isEqualTo(2);
    }

    @Test
    void aQuestionChangesNothing() {
        long version = store.image().version();

        TopicOutcome outcome = service(Map.of())
                .create(List.of(NewTopic.withDefaults("t")), true)
                .join()
                .get(0);

        assertThat(outcome.code()).isEqualTo(ErrorCode.NONE);
        assertThat(store.image().version()).isEqualTo(version);
    }

    @Test
    void coordinatorsGetTheTopicsThatTheyNeed() {
        TopicService topics = service(Map.of("offsets.topic.num.partitions", "7"));

        TopicOutcome offsets = topics.ensure(TopicName.CONSUMER_OFFSETS).join();

        assertThat(offsets.topic().orElseThrow().partitionCount()).isEqualTo(7);
        assertThat(offsets.configs())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("compression.type", "producer")
                .containsEntry("segment.bytes", "104857600");
        assertThat(topics.ensure(TopicName.CONSUMER_OFFSETS).join().id()).isEqualTo(offsets.id());
    }

    @Test
    void partitionsOnlyGrow() {
        TopicService topics = service(Map.of());
        create(topics, sized("t", 3, 1));

        assertThat(grow(topics, "t", 3, List.of()).message()).isEqualTo("Topic already has 3 partition(s).");
        assertThat(grow(topics, "t", 2, List.of()).message())
                .isEqualTo("The topic t currently has 3 partition(s); 2 would not be an increase.");
        assertThat(grow(topics, "u", 2, List.of()).code()).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(grow(topics, "t", 5, List.of(List.of(1))).message())
                .isEqualTo("Attempted to add 2 additional partition(s), but only 1 assignment(s) were specified.");
        assertThat(grow(topics, "t", 5, List.of(List.of(1), List.of(1))).code()).isEqualTo(ErrorCode.NONE);
        assertThat(store.image().topic("t").orElseThrow().partitionCount()).isEqualTo(5);
        assertThat(store.image().partitionCount()).isEqualTo(5);
    }

    @Test
    void aDeletedTopicCanBeBroughtBackUntilItsTimeIsOver() {
        TopicService topics = service(Map.of("daybook.delete.retention.ms", "1000"));
        Uuid id = create(topics, sized("t", 3, 1)).id();
        topics.delete(List.of(TopicReference.identified(id))).join();
        assertThat(store.image().topic("t")).isEmpty();

        ticker.advanceMs(999);
        assertThat(topics.purgeExpired().join()).isZero();
        TopicOutcome restored =
                topics.undelete(List.of(TopicReference.named("t"))).join().get(0);
        assertThat(restored.id()).isEqualTo(id);
        assertThat(store.image().topic("t").orElseThrow().partitionCount()).isEqualTo(3);

        topics.delete(List.of(TopicReference.named("t"))).join();
        ticker.advanceMs(1000);
        assertThat(topics.purgeExpired().join()).isEqualTo(1);
        assertThat(topics.undelete(List.of(TopicReference.named("t")))
                        .join()
                        .get(0)
                        .code())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void aClientThatCanCreateTopicsCanBringThemBack() {
        TopicService topics = service(Map.of());
        Uuid id = create(topics, sized("t", 3, 1)).id();
        create(topics, sized("other", 3, 1));
        topics.delete(List.of(TopicReference.named("t"))).join();

        assertThat(create(topics, undelete("u", "latest")).message())
                .isEqualTo("No deleted topic of this name can be brought back, only: t (" + id + ").");
        assertThat(create(topics, undelete("t", "first")).code()).isEqualTo(ErrorCode.INVALID_CONFIG);
        assertThat(create(topics, undelete("u", id.toString())).code()).isEqualTo(ErrorCode.INVALID_CONFIG);
        assertThat(create(topics, undelete("t", id.toString())).id()).isEqualTo(id);
        assertThat(store.image().topic("t").orElseThrow().partitionCount()).isEqualTo(3);
        topics.delete(List.of(TopicReference.named("t"))).join();
        assertThat(create(topics, undelete("t", "latest")).id()).isEqualTo(id);
    }

    private static NewTopic undelete(String name, String which) {
        return new NewTopic(name, DEFAULT, DEFAULT, List.of(), Map.of(NewTopic.UNDELETE, Optional.of(which)));
    }

    @Test
    void aNewTopicOfTheNameEndsTheTimeOfADeletedOne() {
        TopicService topics = service(Map.of());
        Uuid first = create(topics, NewTopic.withDefaults("t")).id();
        topics.delete(List.of(TopicReference.named("t"))).join();

        Uuid second = create(topics, NewTopic.withDefaults("t")).id();

        assertThat(second).isNotEqualTo(first);
        assertThat(store.image().deletedTopics()).isEmpty();
        assertThat(topics.undelete(List.of(TopicReference.identified(first)))
                        .join()
                        .get(0)
                        .code())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void deletionCanBeForbidden() {
        TopicService topics = service(Map.of("delete.topic.enable", "false"));
        create(topics, NewTopic.withDefaults("t"));

        assertThat(topics.delete(List.of(TopicReference.named("t")))
                        .join()
                        .get(0)
                        .code())
                .isEqualTo(ErrorCode.TOPIC_DELETION_DISABLED);
        assertThat(topics.delete(List.of(TopicReference.named("u")))
                        .join()
                        .get(0)
                        .code())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(topics.delete(List.of(TopicReference.identified(new Uuid(1, 2))))
                        .join()
                        .get(0)
                        .code())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
    }

    private String refusal(String name) {
        TopicOutcome outcome = create(service(Map.of()), NewTopic.withDefaults(name));
        assertThat(outcome.code()).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
        return outcome.message();
    }

    /** On a broker of its own. */
    private static TopicOutcome create(NewTopic topic) {
        return new TopicServiceTest().create(Map.of(), topic);
    }

    private TopicOutcome create(Map<String, String> config, NewTopic topic) {
        return create(service(config), topic);
    }

    private static TopicOutcome create(TopicService topics, NewTopic topic) {
        return topics.create(List.of(topic), false).join().get(0);
    }

    private static TopicOutcome grow(TopicService topics, String name, int count, List<List<Integer>> assignments) {
        return topics.addPartitions(List.of(new MorePartitions(name, count, assignments)), false)
                .join()
                .get(0);
    }

    private static NewTopic sized(String name, int partitionCount, int replicationFactor) {
        return new NewTopic(name, partitionCount, replicationFactor, List.of(), Map.of());
    }

    private static NewTopic assigned(int partitionCount, int replicationFactor, List<PartitionAssignment> assignments) {
        return new NewTopic("t", partitionCount, replicationFactor, assignments, Map.of());
    }

    private static PartitionAssignment at(int partition, Integer... brokerIds) {
        return new PartitionAssignment(partition, List.of(brokerIds));
    }

    private static NewTopic configured(String key, Optional<String> value) {
        return new NewTopic("t", 1, 1, List.of(), Map.of(key, value));
    }

    private TopicService service(Map<String, String> config) {
        LiveConfig live = LiveConfig.following(store, BrokerConfig.of(new HashMap<>(config)));
        return new TopicService(new MetadataWriter(shard, store), live, ticker, RandomSource.seeded(1));
    }
}
