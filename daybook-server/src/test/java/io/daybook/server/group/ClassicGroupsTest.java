package io.daybook.server.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.server.EmbeddedDaybook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own consumers in groups of the classic protocol. */
@Timeout(60)
final class ClassicGroupsTest {
    private static final String TOPIC = "orders";
    private static final int PARTITIONS = 4;
    private static final String ASSIGNOR = "partition.assignment.strategy";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.clients.consumer.RangeAssignor",
                "org.apache.kafka.clients.consumer.RoundRobinAssignor",
                "org.apache.kafka.clients.consumer.StickyAssignor",
                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"
            })
    void membersShareThePartitionsAndTakeOverFromThoseWhoLeave(String assignor) throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start();
                Clients clients = new Clients(daybook)) {
            daybook.createTopic(TOPIC, PARTITIONS);
            clients.produce(TOPIC, PARTITIONS, 0, 200);
            KafkaConsumer<String, String> first = clients.consumer("g", ASSIGNOR, assignor);
            KafkaConsumer<String, String> second = clients.consumer("g", ASSIGNOR, assignor);
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
    void aStaticMemberComesBackWithoutARebalance() throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start();
                Clients clients = new Clients(daybook)) {
            daybook.createTopic(TOPIC, PARTITIONS);
            KafkaConsumer<String, String> first = clients.consumer("g", "group.instance.id", "first");
            KafkaConsumer<String, String> second = clients.consumer("g", "group.instance.id", "second");
            AtomicInteger rebalances = new AtomicInteger();
            first.subscribe(List.of(TOPIC), counting(rebalances));
            second.subscribe(List.of(TOPIC));
            List<KafkaConsumer<String, String>> both = List.of(first, second);
            Clients.pollUntil(both, new ArrayList<>(), () -> Clients.share(both, PARTITIONS));
            Set<TopicPartition> before = second.assignment();
            int rebalancesBefore = rebalances.get();

            second.close();
            KafkaConsumer<String, String> successor = clients.consumer("g", "group.instance.id", "second");
            successor.subscribe(List.of(TOPIC));
            List<KafkaConsumer<String, String>> now = List.of(first, successor);
            Clients.pollUntil(now, new ArrayList<>(), () -> Clients.share(now, PARTITIONS));

            assertThat(successor.assignment()).isEqualTo(before);
            assertThat(rebalances).hasValue(rebalancesBefore);
        }
    }

    @Test
    void theFormerSelfOfAStaticMemberIsFenced() throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start();
                Clients clients = new Clients(daybook)) {
            daybook.createTopic(TOPIC, PARTITIONS);
            KafkaConsumer<String, String> former = clients.consumer("g", "group.instance.id", "one");
            former.subscribe(List.of(TOPIC));
            Clients.pollUntil(
                    List.of(former),
                    new ArrayList<>(),
                    () -> former.assignment().size() == PARTITIONS);

            KafkaConsumer<String, String> successor = clients.consumer("g", "group.instance.id", "one");
            successor.subscribe(List.of(TOPIC));
            Clients.pollUntil(
                    List.of(successor),
                    new ArrayList<>(),
                    () -> successor.assignment().size() == PARTITIONS);

            assertThatThrownBy(() -> Clients.pollUntil(List.of(former), new ArrayList<>(), () -> false))
                    .isInstanceOf(FencedInstanceIdException.class);
        }
    }

    @Test
    void aGroupOutlivesTheBroker(@TempDir Path directory) throws Exception {
        EmbeddedDaybook.Options options = EmbeddedDaybook.Options.onDisk(directory);
        EmbeddedDaybook before = EmbeddedDaybook.start(options);
        try (Clients clients = new Clients(before)) {
            before.createTopic(TOPIC, PARTITIONS);
            clients.produce(TOPIC, PARTITIONS, 0, 40);
            // Else it may forget all topics while it has no broker, and then ask for a new generation by itself.
            KafkaConsumer<String, String> consumer = clients.consumer("g", "metadata.recovery.strategy", "none");
            consumer.subscribe(List.of(TOPIC));
            List<String> values = new ArrayList<>();
            Clients.pollUntil(List.of(consumer), values, () -> values.size() == 40);
            consumer.commitSync();
            int generationBefore = consumer.groupMetadata().generationId();
            before.close();
            try (EmbeddedDaybook after = EmbeddedDaybook.start(options.onPort(before.port()))) {
                clients.produce(TOPIC, PARTITIONS, 40, 80);
                Clients.pollUntil(List.of(consumer), values, () -> values.size() == 80);
                consumer.commitSync();

                assertThat(consumer.groupMetadata().generationId()).isEqualTo(generationBefore);
                assertThat(values).doesNotHaveDuplicates();
                assertThat(after.port()).isEqualTo(before.port());
            }
        } finally {
            before.close();
        }
    }

    @Test
    void aConsumerThatManagesItsPartitionsItselfKeepsItsOffsets() throws Exception {
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start();
                Clients clients = new Clients(daybook)) {
            daybook.createTopic(TOPIC, PARTITIONS);
            TopicPartition partition = new TopicPartition(TOPIC, 2);
            KafkaConsumer<String, String> consumer = clients.consumer("g");
            consumer.assign(List.of(partition));

            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(7, "note")));

            Map<TopicPartition, OffsetAndMetadata> committed =
                    clients.consumer("g").committed(Set.of(partition));
            assertThat(committed.get(partition).offset()).isEqualTo(7);
            assertThat(committed.get(partition).metadata()).isEqualTo("note");
            assertThat(consumer.committed(Set.of(new TopicPartition(TOPIC, 0)), Duration.ofSeconds(5)))
                    .containsEntry(new TopicPartition(TOPIC, 0), null);
        }
    }

    private static ConsumerRebalanceListener counting(AtomicInteger rebalances) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                rebalances.incrementAndGet();
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                rebalances.incrementAndGet();
            }
        };
    }
}
