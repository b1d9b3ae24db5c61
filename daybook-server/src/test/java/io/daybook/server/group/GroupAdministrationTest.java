package io.daybook.server.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.server.EmbeddedDaybook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Kafka's admin client does with groups. */
@Timeout(60)
final class GroupAdministrationTest {
    private static final String TOPIC = "orders";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private EmbeddedDaybook daybook;
    private Clients clients;
    private Admin admin;

    @BeforeEach
    void start() {
        daybook = EmbeddedDaybook.start();
        clients = new Clients(daybook);
        admin = clients.admin();
        daybook.createTopic(TOPIC, 2);
    }

    @AfterEach
    void stop() throws Exception {
        clients.close();
        daybook.close();
    }

    @Test
    void groupsAreListedByStateAndType() throws Exception {
        member("busy");
        commit("idle", 1);

        assertThat(names(new ListGroupsOptions())).containsExactlyInAnyOrder("busy", "idle");
        assertThat(names(new ListGroupsOptions().inGroupStates(Set.of(GroupState.STABLE))))
                .containsExactly("busy");
        assertThat(names(new ListGroupsOptions().inGroupStates(Set.of(GroupState.EMPTY))))
                .containsExactly("idle");
        assertThat(names(new ListGroupsOptions().withTypes(Set.of(GroupType.CLASSIC))))
                .hasSize(2);
        assertThat(names(new ListGroupsOptions().withTypes(Set.of(GroupType.CONSUMER))))
                .isEmpty();
    }

    @Test
    void aGroupIsDescribedWithMembersAndAssignments() throws Exception {
        member("g");

        ConsumerGroupDescription description =
                admin.describeConsumerGroups(List.of("g")).all().get().get("g");

        assertThat(description.groupState()).isEqualTo(GroupState.STABLE);
        assertThat(description.partitionAssignor()).isEqualTo("range");
        assertThat(description.members()).hasSize(1).allSatisfy(member -> {
            assertThat(member.host()).isEqualTo("/127.0.0.1");
            assertThat(member.assignment().topicPartitions())
                    .containsExactlyInAnyOrder(PARTITION, new TopicPartition(TOPIC, 1));
        });
        assertThatThrownBy(() ->
                        admin.describeConsumerGroups(List.of("none")).all().get())
                .hasCauseInstanceOf(GroupIdNotFoundException.class);
    }

    @Test
    void offsetsAreSetReadAndDeleted() throws Exception {
        admin.alterConsumerGroupOffsets("g", Map.of(PARTITION, new OffsetAndMetadata(5)))
                .all()
                .get();

        assertThat(offsets("g")).containsEntry(PARTITION, new OffsetAndMetadata(5));
        admin.deleteConsumerGroupOffsets("g", Set.of(PARTITION)).all().get();
        assertThat(offsets("g")).isEmpty();
    }

    @Test
    void whatAGroupUsesIsNotDeleted() throws Exception {
        commit("g", 1);
        member("g");

        assertThatThrownBy(() -> admin.deleteConsumerGroups(List.of("g")).all().get())
                .hasCauseInstanceOf(GroupNotEmptyException.class);
        assertThatThrownBy(() -> admin.deleteConsumerGroupOffsets("g", Set.of(PARTITION))
                        .partitionResult(PARTITION)
                        .get())
                .hasCauseInstanceOf(GroupSubscribedToTopicException.class);
        assertThatThrownBy(() -> admin.alterConsumerGroupOffsets("g", Map.of(PARTITION, new OffsetAndMetadata(5)))
                        .all()
                        .get())
                .hasCauseInstanceOf(UnknownMemberIdException.class);
    }

    @Test
    void aGroupIsDeletedAfterItsMembersWereRemoved() throws Exception {
        commit("g", 1);
        member("g");

        admin.removeMembersFromConsumerGroup("g", new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        admin.deleteConsumerGroups(List.of("g")).all().get();

        assertThat(names(new ListGroupsOptions())).isEmpty();
        assertThatThrownBy(() -> admin.deleteConsumerGroups(List.of("g")).all().get())
                .hasCauseInstanceOf(GroupIdNotFoundException.class);
    }

    @Test
    void offsetsOfADeletedTopicAreGone() throws Exception {
        commit("g", 1);

        admin.deleteTopics(List.of(TOPIC)).all().get();

        assertThat(offsets("g")).isEmpty();
    }

    private void member(String groupId) {
        KafkaConsumer<String, String> consumer = clients.consumer(groupId);
        consumer.subscribe(List.of(TOPIC));
        Clients.pollUntil(
                List.of(consumer),
                new ArrayList<>(),
                () -> consumer.assignment().size() == 2);
    }

    private void commit(String groupId, long offset) {
        KafkaConsumer<String, String> consumer = clients.consumer(groupId);
        consumer.assign(List.of(PARTITION));
        consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(offset)));
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets(String groupId) throws Exception {
        return admin.listConsumerGroupOffsets(groupId)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    private List<String> names(ListGroupsOptions options) throws Exception {
        return admin.listGroups(options).all().get().stream()
                .map(GroupListing::groupId)
                .toList();
    }
}
