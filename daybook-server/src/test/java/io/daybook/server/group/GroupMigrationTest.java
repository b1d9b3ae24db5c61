package io.daybook.server.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.server.EmbeddedDaybook;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups whose members go from one protocol to the other, one after the other, while they consume. */
@Timeout(120)
final class GroupMigrationTest {
    private static final String TOPIC = "orders";
    private static final int PARTITIONS = 6;
    private static final String ASSIGNOR = "partition.assignment.strategy";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.clients.consumer.RangeAssignor",
                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"
            })
    void aGroupIsUpgradedAndDowngradedMemberByMember(String assignor) throws Exception {
        try (EmbeddedDaybook daybook = ConsumerGroupsTest.start();
                Clients clients = new Clients(daybook)) {
            daybook.createTopic(TOPIC, PARTITIONS);
            clients.produce(TOPIC, PARTITIONS, 0, 120);
            List<String> values = new ArrayList<>();
            KafkaConsumer<String, String> firstClassic = clients.consumer("g", ASSIGNOR, assignor);
            KafkaConsumer<String, String> secondClassic = clients.consumer("g", ASSIGNOR, assignor);
            share(values, firstClassic, secondClassic);
            assertThat(type(clients.admin())).isEqualTo(GroupType.CLASSIC);

            firstClassic.close();
            KafkaConsumer<String, String> firstModern = clients.modernConsumer("g");
            share(values, firstModern, secondClassic);
            assertThat(type(clients.admin())).isEqualTo(GroupType.CONSUMER);
            firstModern.commitSync();
            secondClassic.commitSync();

            secondClassic.close();
            KafkaConsumer<String, String> secondModern = clients.modernConsumer("g");
            share(values, firstModern, secondModern);

            firstModern.close();
            KafkaConsumer<String, String> thirdClassic = clients.consumer("g", ASSIGNOR, assignor);
            share(values, thirdClassic, secondModern);
            secondModern.close();
            KafkaConsumer<String, String> fourthClassic = clients.consumer("g", ASSIGNOR, assignor);
            share(values, thirdClassic, fourthClassic);
            assertThat(type(clients.admin())).isEqualTo(GroupType.CLASSIC);

            clients.produce(TOPIC, PARTITIONS, 120, 240);
            Clients.pollUntil(
                    List.of(thirdClassic, fourthClassic),
                    values,
                    () -> Set.copyOf(values).size() == 240);
        }
    }

    @Test
    void anUpgradeThatIsNotAllowedIsRefused() throws Exception {
        EmbeddedDaybook.Options options =
                EmbeddedDaybook.Options.inMemory().with("group.consumer.migration.policy", "downgrade");
        try (EmbeddedDaybook daybook = EmbeddedDaybook.start(options);
                Clients clients = new Clients(daybook)) {
            daybook.createTopic(TOPIC, PARTITIONS);
            KafkaConsumer<String, String> classic = clients.consumer("g");
            classic.subscribe(List.of(TOPIC));
            Clients.pollUntil(
                    List.of(classic),
                    new ArrayList<>(),
                    () -> classic.assignment().size() == PARTITIONS);
            KafkaConsumer<String, String> modern = clients.modernConsumer("g");
            modern.subscribe(List.of(TOPIC));

            assertThatThrownBy(() -> Clients.pollUntil(List.of(modern), new ArrayList<>(), () -> false))
                    .isInstanceOf(GroupIdNotFoundException.class)
                    .hasMessageContaining("online upgrade is disabled");
        }
    }

    private static void share(
            List<String> values, KafkaConsumer<String, String> first, KafkaConsumer<String, String> second) {
        first.subscribe(List.of(TOPIC));
        second.subscribe(List.of(TOPIC));
        List<KafkaConsumer<String, String>> both = List.of(first, second);
        Clients.pollUntil(both, values, () -> Clients.share(both, PARTITIONS));
    }

    private static GroupType type(Admin admin) throws Exception {
        return admin.listGroups().all().get().iterator().next().type().orElseThrow();
    }
}
