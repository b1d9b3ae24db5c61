package io.daybook.server.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.server.EmbeddedDaybook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidRegularExpression;
import org.apache.kafka.common.errors.UnsupportedAssignorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own consumers in groups of the consumer protocol. */
@Timeout(90)
final class ConsumerGroupsTest {
    private static final String TOPIC = "orders";
    private static final int PARTITIONS = 4;

    private static EmbeddedDaybook.Options quickHeartbeats(EmbeddedDaybook.Options options) {
        return options.with("group.consumer.min.heartbeat.interval.ms", "100")
                .with("group.consumer.heartbeat.interval.ms", "100");
    }

    static EmbeddedDaybook start() {
        return EmbeddedDaybook.start(quickHeartbeats(EmbeddedDaybook.Options.inMemory()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uniform", "range"})
    void membersShareThePartitionsAndTakeOverFromThoseWhoLeave(String assignor) throws Exception {
        try (EmbeddedDaybook daybook = start();
                Clients clients = new Clients(daybook)) {
            daybook.createTopic(TOPIC, PARTITIONS);
            clients.produce(TOPIC, PARTITIONS, 0, 200);
            KafkaConsumer<String, String> first = clients.modernConsumer("g", "group.remote.assignor", assignor);
            KafkaConsumer<String, String> second = clients.modernConsumer("g", "group.remote.assignor", assignor);
            first.subscribe(List.of(TOPIC));
            second.subscribe(List.of(TOPIC));
            List<KafkaConsumer<String, String>> both = List.of(first, second);
            List<String> values = new ArrayList<>();

            Clients.pollUntil(both, values, () -> Clients.share(both, PARTITIONS));
            Clients.pollUntil(both, values, () -> Clients.standAt(both, 200));
            both.forEach(KafkaConsumer::commitSync);
            second.close();
            List<String> later = new ArrayList<>();
            Clients.pollUntil(List.of(first), later, () -> first.assignment().size() == PARTITIONS);
            clients.produce(TOPIC, PARTITIONS, 200, 300);
            Clients.pollUntil(List.of(first), later, () -> later.size() == 100);

            assertThat(later).doesNotHaveDuplicates().allMatch(value -> Integer.parseInt(value) >= 200);
        }
    }

    @Test
    void topicsThatMatchAreConsumedAsTheyCome() throws Exception {
        try (EmbeddedDaybook daybook = start();
                Clients clients = new Clients(daybook)) {
            daybook.createTopic("logs-a", 2);
            daybook.createTopic("metrics", 2);
            KafkaConsumer<String, String> consumer = clients.modernConsumer("g");
            consumer.subscribe(new SubscriptionPattern("logs-.*"));
            Clients.pollUntil(
                    List.of(consumer), new ArrayList<>(), () -> topics(consumer).equals(Set.of("logs-a")));

            daybook.createTopic("logs-b", 1);

            Clients.pollUntil(
                    List.of(consumer), new ArrayList<>(), () -> topics(consumer).equals(Set.of("logs-a", "logs-b")));
        }
    }

    @Test
    void whatIsNoRegularExpressionIsRefused() throws Exception {
        try (EmbeddedDaybook daybook = start();
                Clients clients = new Clients(daybook)) {
            KafkaConsumer<String, String> consumer = clients.modernConsumer("g");
            consumer.subscribe(new SubscriptionPattern("(logs"));

            assertThatThrownBy(() -> Clients.pollUntil(List.of(consumer), new ArrayList<>(), () -> false))
                    .isInstanceOf(InvalidRegularExpression.class)
                    .hasMessageContaining("(logs");
        }
    }

    @Test
    void anAssignorThatDoesNotExistIsRefused() throws Exception {
        try (EmbeddedDaybook daybook = start();
                Clients clients = new Clients(daybook)) {
            KafkaConsumer<String, String> consumer = clients.modernConsumer("g", "group.remote.assignor", "fair");
            consumer.subscribe(List.of(TOPIC));

            assertThatThrownBy(() -> Clients.pollUntil(List.of(consumer), new ArrayList<>(), () -> false))
                    .isInstanceOf(UnsupportedAssignorException.class)
                    .hasMessageContaining("uniform, range");
        }
    }

    @Test
    void aStaticMemberComesBackToItsPartitions() throws Exception {
        try (EmbeddedDaybook daybook = start();
                Clients clients = new Clients(daybook)) {
            daybook.createTopic(TOPIC, PARTITIONS);
            KafkaConsumer<String, String> first = clients.modernConsumer("g", "group.instance.id", "first");
            KafkaConsumer<String, String> second = clients.modernConsumer("g", "group.instance.id", "second");
            first.subscribe(List.of(TOPIC));
            second.subscribe(List.of(TOPIC));
            List<KafkaConsumer<String, String>> both = List.of(first, second);
            Clients.pollUntil(both, new ArrayList<>(), () -> Clients.share(both, PARTITIONS));
            Set<TopicPartition> ofFirst = first.assignment();
            Set<TopicPartition> ofSecond = second.assignment();

            second.close();
            KafkaConsumer<String, String> successor = clients.modernConsumer("g", "group.instance.id", "second");
            successor.subscribe(List.of(TOPIC));
            List<KafkaConsumer<String, String>> now = List.of(first, successor);
            Clients.pollUntil(now, new ArrayList<>(), () -> Clients.share(now, PARTITIONS));

            assertThat(successor.assignment()).isEqualTo(ofSecond);
            assertThat(first.assignment()).isEqualTo(ofFirst);
        }
    }

    @Test
    void aGroupIsListedAndDescribed() throws Exception {
        try (EmbeddedDaybook daybook = start();
                Clients clients = new Clients(daybook)) {
            daybook.createTopic(TOPIC, PARTITIONS);
            KafkaConsumer<String, String> consumer = clients.modernConsumer("g");
            consumer.subscribe(List.of(TOPIC));
            Clients.pollUntil(
                    List.of(consumer),
                    new ArrayList<>(),
                    () -> consumer.assignment().size() == PARTITIONS);
            Admin admin = clients.admin();

            ConsumerGroupDescription description =
                    admin.describeConsumerGroups(List.of("g")).all().get().get("g");

            assertThat(description.type()).isEqualTo(GroupType.CONSUMER);
            assertThat(description.groupState()).isEqualTo(GroupState.STABLE);
            assertThat(description.partitionAssignor()).isEqualTo("uniform");
            assertThat(description.members()).hasSize(1).allSatisfy(member -> {
                assertThat(member.assignment().topicPartitions()).hasSize(PARTITIONS);
                assertThat(member.targetAssignment()).contains(member.assignment());
                assertThat(member.upgraded()).contains(true);
            });
            assertThat(admin.listGroups().all().get())
                    .extracting(listing -> listing.type().orElseThrow())
                    .containsExactly(GroupType.CONSUMER);
        }
    }

    @Test
    void aGroupOutlivesTheBroker(@TempDir Path directory) throws Exception {
        EmbeddedDaybook.Options options = quickHeartbeats(EmbeddedDaybook.Options.onDisk(directory));
        EmbeddedDaybook before = EmbeddedDaybook.start(options);
        try (Clients clients = new Clients(before)) {
            before.createTopic(TOPIC, PARTITIONS);
            clients.produce(TOPIC, PARTITIONS, 0, 40);
            KafkaConsumer<String, String> consumer = clients.modernConsumer("g");
            consumer.subscribe(List.of(TOPIC));
            List<String> values = new ArrayList<>();
            Clients.pollUntil(List.of(consumer), values, () -> values.size() == 40);
            consumer.commitSync();
            before.close();
            try (EmbeddedDaybook after = EmbeddedDaybook.start(options.onPort(before.port()))) {
                clients.produce(TOPIC, PARTITIONS, 40, 80);
                Clients.pollUntil(List.of(consumer), values, () -> values.size() == 80);
                consumer.commitSync();

                assertThat(values).doesNotHaveDuplicates();
                assertThat(after.port()).isEqualTo(before.port());
                assertThat(consumer.committed(Set.of(new TopicPartition(TOPIC, 0))))
                        .allSatisfy((partition, offset) ->
                                assertThat(offset.offset()).isEqualTo(20));
            }
        } finally {
            before.close();
        }
    }

    private static Set<String> topics(KafkaConsumer<String, String> consumer) {
        return Set.copyOf(consumer.assignment().stream()
                .map(TopicPartition::topic)
                .distinct()
                .toList());
    }
}
