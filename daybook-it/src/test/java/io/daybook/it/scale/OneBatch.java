package io.daybook.it.scale;

import io.daybook.it.fixture.RawConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** A produce request with a record of 100 bytes, on a bare connection. */
final class OneBatch {
    static final String TOPIC = "load";

    private static final short PRODUCE_VERSION = 9;

    private OneBatch() {}

    /** Sends it with {@code acks=all} and waits for the answer: the error code of it. */
    static short produce(RawConnection connection, int partition) throws IOException {
        return send(connection, request(partition));
    }

    /** The request, to be sent again and again: what it costs to make it is not to be measured. */
    static byte[] request(int partition) {
        ProduceRequestData request =
                new ProduceRequestData().setAcks((short) -1).setTimeoutMs(30_000);
        ProduceRequestData.TopicProduceData topic = new ProduceRequestData.TopicProduceData().setName(TOPIC);
        topic.partitionData()
                .add(new ProduceRequestData.PartitionProduceData()
                        .setIndex(partition)
                        .setRecords(MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(new byte[100]))));
        request.topicData().add(topic);
        return RawConnection.request(ApiKeys.PRODUCE, PRODUCE_VERSION, request);
    }

    /** Sends the request and waits for the answer: the error code of it. */
    static short send(RawConnection connection, byte[] request) throws IOException {
        connection.sendFrame(request);
        ByteBuffer answer = connection.readFrame();
        answer.position(ApiKeys.PRODUCE.responseHeaderVersion(PRODUCE_VERSION) == 0 ? 4 : 5);
        return new ProduceResponseData(new ByteBufferAccessor(answer), PRODUCE_VERSION)
                .responses()
                .iterator()
                .next()
                .partitionResponses()
                .get(0)
                .errorCode();
    }
}
