package io.daybook.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.Uuid;
import io.daybook.base.record.Compression;
import io.daybook.base.record.MemoryRecords;
import io.daybook.base.record.RecordBatchBuilder;
import io.daybook.base.wire.Message;
import io.daybook.base.wire.WireReader;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.DeleteRecordsRequestData;
import io.daybook.protocol.message.DeleteRecordsResponseData;
import io.daybook.protocol.message.DescribeLogDirsRequestData;
import io.daybook.protocol.message.DescribeLogDirsResponseData;
import io.daybook.protocol.message.FetchRequestData;
import io.daybook.protocol.message.FetchResponseData;
import io.daybook.protocol.message.InitProducerIdRequestData;
import io.daybook.protocol.message.InitProducerIdResponseData;
import io.daybook.protocol.message.ListOffsetsRequestData;
import io.daybook.protocol.message.ListOffsetsResponseData;
import io.daybook.protocol.message.MetadataRequestData;
import io.daybook.protocol.message.MetadataResponseData;
import io.daybook.protocol.message.OffsetForLeaderEpochRequestData;
import io.daybook.protocol.message.OffsetForLeaderEpochResponseData;
import io.daybook.protocol.message.ProduceRequestData;
import io.daybook.protocol.message.ProduceResponseData;
import io.daybook.server.net.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The APIs of records and offsets in every version that is served, spoken without a client library. */
class RecordApiVersionsTest {
    private final EmbeddedDaybook daybook = EmbeddedDaybook.start();
    private RawClient client;
    private Uuid topicId;
    private int correlationId;

    @BeforeEach
    void connect() throws IOException {
        daybook.createTopic("orders", 1);
        client = new RawClient(new InetSocketAddress("127.0.0.1", daybook.port()));
        MetadataResponseData metadata = ask(
                ApiKey.METADATA,
                12,
                new MetadataRequestData()
                        .setTopics(List.of(new MetadataRequestData.MetadataRequestTopic().setName("orders"))));
        topicId = metadata.topics().get(0).topicId();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        daybook.close();
    }

    @Test
    void everyVersionOfProduceAppendsAndSaysWhatIsUnknown() throws IOException {
        for (int version = 3; version <= 13; version++) {
            ProduceResponseData.PartitionProduceResponse done = produce(version, "orders", topicId, 0, batch());
            ProduceResponseData.PartitionProduceResponse unknown =
                    produce(version, "nothing", new Uuid(1, 1), 0, batch());
            ProduceResponseData.PartitionProduceResponse tooHigh = produce(version, "orders", topicId, 9, batch());

            assertThat(ErrorCode.of(done.errorCode())).as("version %s", version).isEqualTo(ErrorCode.NONE);
            assertThat(done.baseOffset()).isEqualTo(version - 3);
            assertThat(ErrorCode.of(unknown.errorCode()))
                    .isEqualTo(version < 13 ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.UNKNOWN_TOPIC_ID);
            assertThat(unknown.baseOffset()).isEqualTo(-1);
            assertThat(ErrorCode.of(tooHigh.errorCode())).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
    }

    @Test
    void aBatchThatIsNotWholeOrNotLegalIsRefusedByItsOwnCode() throws IOException {
        ByteBuffer flipped = batch();
        flipped.put(flipped.limit() - 1, (byte) (flipped.get(flipped.limit() - 1) + 1));
        ByteBuffer oldMagic = batch();
        oldMagic.put(16, (byte) 1);
        ByteBuffer cut = batch();
        cut.limit(cut.limit() - 3);

        assertThat(code(flipped)).isEqualTo(ErrorCode.CORRUPT_MESSAGE);
        assertThat(code(oldMagic)).isIn(ErrorCode.INVALID_RECORD, ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT);
        assertThat(code(cut)).isIn(ErrorCode.CORRUPT_MESSAGE, ErrorCode.INVALID_RECORD);
        assertThat(code(ByteBuffer.allocate(0))).isEqualTo(ErrorCode.INVALID_RECORD);
        assertThat(code(ByteBuffer.allocate(30))).isIn(ErrorCode.CORRUPT_MESSAGE, ErrorCode.INVALID_RECORD);
        assertThat(code(batch())).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void zstdIsRefusedInVersionsThatDoNotKnowIt() throws IOException {
        ByteBuffer zstd = new RecordBatchBuilder(Compression.ZSTD)
                .append(System.currentTimeMillis(), null, ByteBuffer.allocate(10))
                .build();

        assertThat(ErrorCode.of(produce(6, "orders", topicId, 0, zstd).errorCode()))
                .isEqualTo(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
    }

    @Test
    void acksThatDoNotExistAreRefused() throws IOException {
        ProduceResponseData response =
                ask(ApiKey.PRODUCE, 9, request(9, "orders", topicId, 0, batch()).setAcks((short) 7));

        assertThat(response.responses().get(0).partitionResponses().get(0).errorCode())
                .isEqualTo(ErrorCode.INVALID_REQUIRED_ACKS.code());
    }

    @Test
    void aFailureWithoutAcksClosesTheConnection() throws IOException {
        client.send(
                ApiKey.PRODUCE, 9, 1, request(9, "nothing", topicId, 0, batch()).setAcks((short) 0));

        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void everyVersionOfFetchReads() throws IOException {
        produce(9, "orders", topicId, 0, batch());
        for (int version = 4; version <= 18; version++) {
            FetchResponseData.PartitionData read = fetch(version, topicId, 0, 0);
            FetchResponseData.PartitionData beyond = fetch(version, topicId, 0, 77);
            FetchResponseData.PartitionData unknown = fetch(version, topicId, 5, 0);

            assertThat(ErrorCode.of(read.errorCode())).as("version %s", version).isEqualTo(ErrorCode.NONE);
            assertThat(read.records().sizeBytes()).isEqualTo(batch().remaining());
            assertThat(read.highWatermark()).isEqualTo(1);
            assertThat(ErrorCode.of(beyond.errorCode())).isEqualTo(ErrorCode.OFFSET_OUT_OF_RANGE);
            assertThat(ErrorCode.of(unknown.errorCode())).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        }
    }

    @Test
    void aClientThatPosesAsAFollowerIsRefused() throws IOException {
        FetchResponseData response =
                ask(ApiKey.FETCH, 12, fetchRequest(12, topicId, 0, 0).setReplicaId(2));

        assertThat(ErrorCode.of(response.errorCode())).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void everyVersionOfListOffsetsFindsBothEnds() throws IOException {
        produce(9, "orders", topicId, 0, batch());
        for (int version = 1; version <= 11; version++) {
            assertThat(listOffset(version, -2).offset())
                    .as("version %s", version)
                    .isZero();
            assertThat(listOffset(version, -1).offset()).isEqualTo(1);
            assertThat(ErrorCode.of(listOffset(version, -3).errorCode()))
                    .isEqualTo(version < 7 ? ErrorCode.UNSUPPORTED_VERSION : ErrorCode.NONE);
            assertThat(ErrorCode.of(listOffset(version, -7).errorCode())).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
        }
    }

    @Test
    void everyVersionOfTheOthersAnswers() throws IOException {
        produce(9, "orders", topicId, 0, batch());
        for (int version = 2; version <= 4; version++) {
            OffsetForLeaderEpochResponseData response = ask(
                    ApiKey.OFFSET_FOR_LEADER_EPOCH,
                    version,
                    new OffsetForLeaderEpochRequestData()
                            .setTopics(List.of(new OffsetForLeaderEpochRequestData.OffsetForLeaderTopic()
                                    .setTopic("orders")
                                    .setPartitions(
                                            List.of(new OffsetForLeaderEpochRequestData.OffsetForLeaderPartition()
                                                    .setLeaderEpoch(99))))));
            assertThat(response.topics().get(0).partitions()).hasSize(1);
        }
        for (int version = 0; version <= 2; version++) {
            DeleteRecordsResponseData response = ask(
                    ApiKey.DELETE_RECORDS,
                    version,
                    new DeleteRecordsRequestData()
                            .setTopics(List.of(new DeleteRecordsRequestData.DeleteRecordsTopic()
                                    .setName("orders")
                                    .setPartitions(List.of(
                                            new DeleteRecordsRequestData.DeleteRecordsPartition().setOffset(0))))));
            assertThat(response.topics().get(0).partitions().get(0).errorCode()).isZero();
        }
        for (int version = 1; version <= 5; version++) {
            DescribeLogDirsResponseData response =
                    ask(ApiKey.DESCRIBE_LOG_DIRS, version, new DescribeLogDirsRequestData().setTopics(null));
            assertThat(response.results()).hasSize(1);
        }
        for (int version = 0; version <= 5; version++) {
            InitProducerIdResponseData response =
                    ask(ApiKey.INIT_PRODUCER_ID, version, new InitProducerIdRequestData().setTransactionalId(null));
            assertThat(response.producerId()).isEqualTo(version);
        }
    }

    private ErrorCode code(ByteBuffer records) throws IOException {
        return ErrorCode.of(produce(11, "orders", topicId, 0, records).errorCode());
    }

    private ProduceResponseData.PartitionProduceResponse produce(
            int version, String topic, Uuid id, int partition, ByteBuffer records) throws IOException {
        ProduceResponseData response = ask(ApiKey.PRODUCE, version, request(version, topic, id, partition, records));
        return response.responses().get(0).partitionResponses().get(0);
    }

    private static ProduceRequestData request(int version, String topic, Uuid id, int partition, ByteBuffer records) {
        ProduceRequestData.TopicProduceData data = new ProduceRequestData.TopicProduceData()
                .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                        .setIndex(partition)
                        .setRecords(new MemoryRecords(records))));
        return new ProduceRequestData()
                .setTransactionalId(null)
                .setAcks((short) -1)
                .setTimeoutMs(1000)
                .setTopicData(List.of(version < 13 ? data.setName(topic) : data.setTopicId(id)));
    }

    private FetchResponseData.PartitionData fetch(int version, Uuid id, int partition, long offset) throws IOException {
        FetchResponseData response = ask(ApiKey.FETCH, version, fetchRequest(version, id, partition, offset));
        return response.responses().get(0).partitions().get(0);
    }

    private static FetchRequestData fetchRequest(int version, Uuid id, int partition, long offset) {
        FetchRequestData.FetchTopic topic = new FetchRequestData.FetchTopic()
                .setPartitions(List.of(new FetchRequestData.FetchPartition()
                        .setPartition(partition)
                        .setFetchOffset(offset)
                        .setPartitionMaxBytes(1 << 20)));
        return new FetchRequestData()
                .setMaxWaitMs(0)
                .setMinBytes(1)
                .setMaxBytes(1 << 20)
                .setTopics(List.of(version < 13 ? topic.setTopic("orders") : topic.setTopicId(id)));
    }

    private ListOffsetsResponseData.ListOffsetsPartitionResponse listOffset(int version, long timestampMs)
            throws IOException {
        ListOffsetsResponseData response = ask(
                ApiKey.LIST_OFFSETS,
                version,
                new ListOffsetsRequestData()
                        .setReplicaId(-1)
                        .setTopics(List.of(new ListOffsetsRequestData.ListOffsetsTopic()
                                .setName("orders")
                                .setPartitions(List.of(new ListOffsetsRequestData.ListOffsetsPartition()
                                        .setTimestamp(timestampMs))))));
        return response.topics().get(0).partitions().get(0);
    }

    @SuppressWarnings("unchecked") // the API says which message it answers with
    private <R extends Message> R ask(ApiKey apiKey, int version, Message request) throws IOException {
        correlationId++;
        client.send(apiKey, version, correlationId, request);
        boolean isFlexible = apiKey.responseHeaderVersion((short) version) > 0;
        ByteBuffer body = client.receive(correlationId, isFlexible);
        return (R) apiKey.readResponse(new WireReader(body), (short) version);
    }

    private static ByteBuffer batch() {
        return new RecordBatchBuilder(Compression.NONE)
                .append(System.currentTimeMillis(), null, ByteBuffer.allocate(10))
                .build();
    }
}
