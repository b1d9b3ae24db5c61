package io.daybook.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.protocol.message.ConsumerGroupHeartbeatRequestData;
import io.daybook.protocol.message.ConsumerGroupHeartbeatRequestData.TopicPartitions;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConsumerHeartbeatFormTest {
    private static final short OLD = 0;
    private static final short NEW = 1;

    @Test
    void whatIsCompleteIsAccepted() {
        assertThat(ConsumerHeartbeatForm.fault(join(), NEW)).isNull();
        assertThat(ConsumerHeartbeatForm.fault(
                        join().setSubscribedTopicNames(null).setSubscribedTopicRegex(""), NEW))
                .isNull();
        assertThat(ConsumerHeartbeatForm.fault(stay().setMemberEpoch(-1), NEW)).isNull();
        assertThat(ConsumerHeartbeatForm.fault(stay().setMemberEpoch(-2).setInstanceId("i"), NEW))
                .isNull();
    }

    @Test
    void onlyOldClientsLeaveTheirIdentityToTheBrokerAndOnlyWhenTheyJoin() {
        assertThat(ConsumerHeartbeatForm.fault(join().setMemberId(""), OLD)).isNull();
        assertThat(ConsumerHeartbeatForm.fault(join().setMemberId(""), NEW)).isEqualTo("MemberId can't be empty.");
        assertThat(ConsumerHeartbeatForm.fault(stay().setMemberId(""), OLD)).isEqualTo("MemberId can't be empty.");
    }

    @Test
    void whatIsGivenIsNotEmpty() {
        assertThat(ConsumerHeartbeatForm.fault(join().setGroupId(" "), NEW)).isEqualTo("GroupId can't be empty.");
        assertThat(ConsumerHeartbeatForm.fault(join().setInstanceId(""), NEW)).isEqualTo("InstanceId can't be empty.");
        assertThat(ConsumerHeartbeatForm.fault(join().setRackId(""), NEW)).isEqualTo("RackId can't be empty.");
    }

    @Test
    void whoJoinsSaysEverythingAndHasNothing() {
        assertThat(ConsumerHeartbeatForm.fault(join().setRebalanceTimeoutMs(-1), NEW))
                .isEqualTo("RebalanceTimeoutMs must be provided in first request.");
        assertThat(ConsumerHeartbeatForm.fault(join().setTopicPartitions(null), NEW))
                .isEqualTo("TopicPartitions must be empty when (re-)joining.");
        assertThat(ConsumerHeartbeatForm.fault(join().setTopicPartitions(List.of(new TopicPartitions())), NEW))
                .isEqualTo("TopicPartitions must be empty when (re-)joining.");
        assertThat(ConsumerHeartbeatForm.fault(join().setSubscribedTopicNames(null), NEW))
                .isEqualTo("Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining.");
    }

    @Test
    void epochsBelowZeroHaveTheirMeaning() {
        assertThat(ConsumerHeartbeatForm.fault(stay().setMemberEpoch(-2), NEW)).isEqualTo("InstanceId can't be null.");
        assertThat(ConsumerHeartbeatForm.fault(stay().setMemberEpoch(-3), NEW)).isEqualTo("MemberEpoch is invalid.");
    }

    private static ConsumerGroupHeartbeatRequestData stay() {
        return new ConsumerGroupHeartbeatRequestData()
                .setGroupId("g")
                .setMemberId("m")
                .setMemberEpoch(1);
    }

    private static ConsumerGroupHeartbeatRequestData join() {
        return stay().setMemberEpoch(0)
                .setRebalanceTimeoutMs(1000)
                .setSubscribedTopicNames(List.of("t"))
                .setTopicPartitions(List.of());
    }
}
