package io.daybook.broker.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.base.TopicPartition;
import io.daybook.base.Uuid;
import io.daybook.base.wire.MalformedMessageException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.ObjectSerializationCache;
import org.apache.kafka.coordinator.group.generated.CoordinatorRecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GroupRecordFormatTest {
    private static final Uuid TOPIC_ID = new Uuid(7, 8);
    private static final GroupClient CLIENT = new GroupClient("client", "/127.0.0.1");

    static List<GroupRecord> records() {
        TopicPartition partition = new TopicPartition("t", 3);
        ClassicProtocol protocol = new ClassicProtocol("range", OpaqueBytes.copyOf(new byte[] {1, 2}));
        return List.of(
                new OffsetRecord.Committed(
                        "g", partition, new CommittedOffset(5, 2, "note", 10, CommittedOffset.NO_EXPIRY, TOPIC_ID)),
                new OffsetRecord.Committed(
                        "g", partition, new CommittedOffset(5, 2, "", 10, CommittedOffset.NO_EXPIRY, Uuid.ZERO)),
                new OffsetRecord.Committed("g", partition, new CommittedOffset(5, -1, "note", 10, 20, Uuid.ZERO)),
                new OffsetRecord.Removed("g", partition),
                new ClassicGroupRecord.Stored("g", ClassicGroupMetadata.empty("", 0, 10)),
                new ClassicGroupRecord.Stored("g", stable(protocol)),
                new ClassicGroupRecord.Removed("g"),
                new ConsumerGroupRecord.GroupEpoch("g", 4, 99),
                new ConsumerGroupRecord.GroupRemoved("g"),
                new ConsumerGroupRecord.MemberStored("g", "m", metadata("", Optional.empty())),
                new ConsumerGroupRecord.MemberStored(
                        "g",
                        "m",
                        metadata(
                                "i",
                                Optional.of(new ConsumerMemberMetadata.ClassicMemberMetadata(5, List.of(protocol))))),
                new ConsumerGroupRecord.MemberRemoved("g", "m"),
                new ConsumerGroupRecord.TargetEpoch("g", 4, 77),
                new ConsumerGroupRecord.TargetEpochRemoved("g"),
                new ConsumerGroupRecord.TargetMember("g", "m", Map.of(TOPIC_ID, Set.of(2, 1))),
                new ConsumerGroupRecord.TargetMemberRemoved("g", "m"),
                new ConsumerGroupRecord.CurrentAssignment(
                        "g",
                        "m",
                        new ConsumerMemberAssignment(
                                4,
                                3,
                                (byte) 1,
                                Map.of(TOPIC_ID, Map.of(1, 4, 2, 3)),
                                Map.of(new Uuid(1, 1), Map.of(0, 2)))),
                new ConsumerGroupRecord.CurrentAssignmentRemoved("g", "m"),
                new ConsumerGroupRecord.RegexResolved("g", "t.*", List.of("t1", "t2"), 5, 6),
                new ConsumerGroupRecord.RegexRemoved("g", "t.*"));
    }

    private static ClassicGroupMetadata stable(ClassicProtocol protocol) {
        ClassicGroupMetadata.Member member = new ClassicGroupMetadata.Member(
                "m", "i", CLIENT, 60_000, 10_000, protocol.metadata(), OpaqueBytes.copyOf(new byte[] {3}));
        return new ClassicGroupMetadata("consumer", 3, "range", "m", 10, List.of(member));
    }

    private static ConsumerMemberMetadata metadata(
            String instanceId, Optional<ConsumerMemberMetadata.ClassicMemberMetadata> classic) {
        return new ConsumerMemberMetadata(
                instanceId, "rack", CLIENT, List.of("t1", "t2"), "t.*", 60_000, "uniform", classic);
    }

    @ParameterizedTest
    @MethodSource("records")
    void whatIsWrittenIsReadAgain(GroupRecord record) {
        ByteBuffer key = GroupRecordFormat.INSTANCE.key(record);
        ByteBuffer value = GroupRecordFormat.INSTANCE.value(record);

        assertThat(GroupRecordFormat.INSTANCE.read(key, value)).contains(record);
    }

    @ParameterizedTest
    @MethodSource("records")
    void kafkaReadsItAndWritesTheSameBytes(GroupRecord record) {
        ByteBuffer key = GroupRecordFormat.INSTANCE.key(record);
        ByteBuffer value = GroupRecordFormat.INSTANCE.value(record);
        CoordinatorRecordType type = CoordinatorRecordType.fromId(key.getShort(0));

        assertThat(kafkasBytes(type.newRecordKey(), type.id(), (short) 0, key)).isEqualTo(key);
        if (value != null) {
            short version = value.getShort(0);
            assertThat(kafkasBytes(type.newRecordValue(), version, version, value))
                    .isEqualTo(value);
        }
    }

    /** Kafka's class reads all that follows the leading number, and writes it again. */
    private static ByteBuffer kafkasBytes(ApiMessage message, short leading, short version, ByteBuffer ours) {
        ByteBuffer in = ours.duplicate().position(Short.BYTES);
        message.read(new ByteBufferAccessor(in), version);
        assertThat(in.remaining()).isZero();
        ObjectSerializationCache cache = new ObjectSerializationCache();
        ByteBuffer out = ByteBuffer.allocate(Short.BYTES + message.size(cache, version));
        out.putShort(leading);
        message.write(new ByteBufferAccessor(out), cache, version);
        return out.flip();
    }

    @Test
    void aTypeFromAnotherWorldIsPassedOver() {
        ByteBuffer key =
                ByteBuffer.allocate(4).putShort((short) 999).putShort((short) 1).flip();

        assertThat(GroupRecordFormat.INSTANCE.read(key, ByteBuffer.allocate(3))).isEmpty();
    }

    @Test
    void aDamagedRecordIsAnError() {
        GroupRecord record = records().get(0);
        ByteBuffer value = GroupRecordFormat.INSTANCE.value(record);
        ByteBuffer cut = value.duplicate().limit(value.limit() - 3);
        ByteBuffer otherVersion = ByteBuffer.allocate(2).putShort((short) 77).flip();

        assertThatThrownBy(() -> GroupRecordFormat.INSTANCE.read(GroupRecordFormat.INSTANCE.key(record), cut))
                .isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> GroupRecordFormat.INSTANCE.read(GroupRecordFormat.INSTANCE.key(record), otherVersion))
                .isInstanceOf(MalformedMessageException.class);
    }
}
