package io.daybook.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.base.record.MemoryRecords;
import io.daybook.base.wire.BufferWireWriter;
import io.daybook.base.wire.MalformedMessageException;
import io.daybook.base.wire.UnsupportedVersionException;
import io.daybook.base.wire.WireReader;
import io.daybook.protocol.message.FetchRequestData;
import io.daybook.protocol.message.FetchResponseData;
import io.daybook.protocol.message.MetadataRequestData;
import io.daybook.protocol.message.ProduceRequestData;
import io.daybook.protocol.message.RequestHeaderData;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a version cannot carry, and what a stranger may send. */
class MessageVersionTest {
    @Test
    void aFieldThatMustNotBeMissedIsNotDroppedSilently() {
        FetchRequestData request = new FetchRequestData().setReplicaId(3);
        assertThat(BufferWireWriter.encode(request, (short) 14).remaining()).isPositive();
        assertThatThrownBy(() -> BufferWireWriter.encode(request, (short) 15))
                .isInstanceOf(UnsupportedVersionException.class)
                .hasMessage("version 15 cannot carry FetchRequestData.replicaId, which is set");
    }

    @Test
    void anIgnorableFieldIsDropped() {
        FetchRequestData request = new FetchRequestData().setRackId("r1");
        ByteBuffer bytes = BufferWireWriter.encode(request, (short) 10);
        FetchRequestData read = new FetchRequestData(new WireReader(bytes), (short) 10);
        assertThat(read.rackId()).isEmpty();
    }

    @Test
    void nullIsRefusedWhereTheVersionHasNoNull() {
        MetadataRequestData everyTopic = new MetadataRequestData().setTopics(null);
        assertThatThrownBy(() -> BufferWireWriter.encode(everyTopic, (short) 0))
                .isInstanceOf(UnsupportedVersionException.class)
                .hasMessage("version 0 cannot carry a null MetadataRequestData.topics");
        ByteBuffer bytes = BufferWireWriter.encode(everyTopic, (short) 1);
        assertThat(new MetadataRequestData(new WireReader(bytes), (short) 1).topics())
                .isNull();
    }

    @Test
    void aVersionThatDoesNotExistIsRefusedBothWays() {
        FetchRequestData request = new FetchRequestData();
        assertThatThrownBy(() -> BufferWireWriter.encode(request, (short) 3))
                .isInstanceOf(UnsupportedVersionException.class)
                .hasMessage("FetchRequest has versions 4 to 18, not 3");
        assertThatThrownBy(() -> request.read(new WireReader(ByteBuffer.allocate(100)), (short) 19))
                .isInstanceOf(UnsupportedVersionException.class);
    }

    @Test
    void readingOverwritesWhatWasThere() {
        FetchRequestData request = new FetchRequestData().setClusterId("old").setSessionId(4);
        request.read(new WireReader(BufferWireWriter.encode(new FetchRequestData(), (short) 12)), (short) 12);
        assertThat(request).isEqualTo(new FetchRequestData());
    }

    @Test
    void producedRecordsStayInTheFrame() {
        byte[] records = {1, 2, 3};
        ProduceRequestData request = new ProduceRequestData()
                .setTopicData(List.of(new ProduceRequestData.TopicProduceData()
                        .setName("t")
                        .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                                .setRecords(new MemoryRecords(ByteBuffer.wrap(records)))))));
        ByteBuffer frame = BufferWireWriter.encode(request, (short) 9);
        ProduceRequestData read = new ProduceRequestData(new WireReader(frame.duplicate()), (short) 9);
        for (int i = 0; i < frame.limit(); i++) {
            if (frame.get(i) == 1 && frame.get(i + 1) == 2) {
                frame.put(i, (byte) 42);
            }
        }
        assertThat(read.topicData()
                        .get(0)
                        .partitionData()
                        .get(0)
                        .records()
                        .buffer()
                        .get(0))
                .isEqualTo((byte) 42);
    }

    @Test
    void structuresAtTheirDefaultAreNotSent() {
        FetchResponseData.PartitionData partition = new FetchResponseData.PartitionData();
        int plainBytes = partition.sizeBytes((short) 12);
        assertThat(partition.currentLeader().leaderId()).isEqualTo(-1);
        assertThat(partition.sizeBytes((short) 12)).isEqualTo(plainBytes);
        partition.currentLeader().setLeaderId(1);
        assertThat(partition.sizeBytes((short) 12)).isGreaterThan(plainBytes);
    }

    @Test
    void aHeaderCannotAnnounceMoreTaggedFieldsThanItHasBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(40);
        bytes.putShort((short) 18).putShort((short) 3).putInt(1).putShort((short) -1);
        new BufferWireWriter(bytes).writeUnsignedVarint(20_000_000);
        bytes.flip();
        assertThatThrownBy(() -> new RequestHeaderData(new WireReader(bytes), (short) 2))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("20000000")
                .hasMessageContaining("0 bytes remain");
    }
}
