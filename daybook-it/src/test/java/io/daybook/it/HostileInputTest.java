package io.daybook.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.it.fixture.DaybookProcess;
import io.daybook.it.fixture.IsolatedClient;
import io.daybook.it.fixture.RawConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a connection sends, the server stays, and the others are served. */
class HostileInputTest {

    @TempDir
    static Path directory;

    private static DaybookProcess server;
    private static IsolatedClient client;

    @BeforeAll
    static void start() {
        server = DaybookProcess.start(directory.resolve("data"));
        client = IsolatedClient.ofVersion("4.3.1");
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 200 * 1024 * 1024})
    void anImpossibleFrameLengthClosesTheConnection(int length) throws IOException {
        try (RawConnection connection = new RawConnection(server)) {
            connection.send(ByteBuffer.allocate(8).putInt(length).array());

            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertOthersAreServed();
    }

    @Test
    void anotherProtocolClosesTheConnection() throws IOException {
        try (RawConnection connection = new RawConnection(server)) {
            connection.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertOthersAreServed();
    }

    @Test
    void aFrameTooShortForAHeaderClosesTheConnection() throws IOException {
        try (RawConnection connection = new RawConnection(server)) {
            connection.sendFrame(new byte[] {0, 3, 0});

            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertOthersAreServed();
    }

    @Test
    void aCutRequestClosesTheConnection() throws IOException {
        byte[] whole = RawConnection.request(ApiKeys.METADATA, (short) 9, new MetadataRequestData());
        byte[] cut = Arrays.copyOf(whole, whole.length - 3);
        try (RawConnection connection = new RawConnection(server)) {
            connection.sendFrame(cut);

            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertOthersAreServed();
    }

    @Test
    void anArrayLongerThanItsFrameCostsNoMemory() throws IOException {
        byte[] content = RawConnection.request(ApiKeys.METADATA, (short) 1, new MetadataRequestData());
        ByteBuffer.wrap(content).putInt(content.length - 4, Integer.MAX_VALUE);
        long rssBeforeKib = server.rssKib();

        for (int i = 0; i < 50; i++) {
            try (RawConnection connection = new RawConnection(server)) {
                connection.sendFrame(content);
                assertThat(connection.isClosedByServer()).isTrue();
            }
        }

        assertThat(server.rssKib() - rssBeforeKib).isLessThan(40 * 1024);
        assertOthersAreServed();
    }

    @Test
    void anUnknownApiClosesTheConnection() throws IOException {
        byte[] content = RawConnection.request(ApiKeys.METADATA, (short) 1, new MetadataRequestData());
        ByteBuffer.wrap(content).putShort(0, (short) 9_999);
        try (RawConnection connection = new RawConnection(server)) {
            connection.sendFrame(content);

            assertThat(connection.isClosedByServer()).isTrue();
        }
        assertOthersAreServed();
    }

    @Test
    void anUnknownVersionOfApiVersionsIsAnsweredInVersionZero() throws IOException {
        byte[] content = RawConnection.request(
                ApiKeys.API_VERSIONS, ApiKeys.API_VERSIONS.latestVersion(), new ApiVersionsRequestData());
        ByteBuffer.wrap(content).putShort(2, (short) 99);
        try (RawConnection connection = new RawConnection(server)) {
            ByteBuffer answer = connection.sendFrame(content).readFrame();

            assertThat(answer.getInt()).isEqualTo(7);
            ApiVersionsResponseData data = new ApiVersionsResponseData(new ByteBufferAccessor(answer), (short) 0);
            assertThat(Errors.forCode(data.errorCode())).isEqualTo(Errors.UNSUPPORTED_VERSION);
            assertThat(data.apiKeys().find(ApiKeys.API_VERSIONS.id)).isNotNull();
        }
    }

    @Test
    void aBrokenChecksumIsRefusedAndTheConnectionLives() throws IOException {
        client.call("createTopic", server.bootstrap(), "checked", 1);
        MemoryRecords records = MemoryRecords.withRecords(
                Compression.NONE, new SimpleRecord("payload".getBytes(StandardCharsets.US_ASCII)));
        int lastPosition = records.sizeInBytes() - 2;
        try (RawConnection connection = new RawConnection(server)) {
            Errors intact = produce(connection, records);
            records.buffer().put(lastPosition, (byte) ~records.buffer().get(lastPosition));
            Errors broken = produce(connection, records);
            records.buffer().put(lastPosition, (byte) ~records.buffer().get(lastPosition));
            records.buffer().put(16, (byte) 9);
            Errors wrongMagic = produce(connection, records);

            assertThat(intact).isEqualTo(Errors.NONE);
            assertThat(broken).isEqualTo(Errors.CORRUPT_MESSAGE);
            assertThat(wrongMagic).isIn(Errors.CORRUPT_MESSAGE, Errors.INVALID_RECORD);
        }
        List<?> offsets = (List<?>) client.call("offsets", server.bootstrap(), "checked", 0, 0L);
        assertThat(offsets.subList(0, 2)).isEqualTo(List.of(0L, 1L));
    }

    @Test
    void twoHundredIdleAndHalfSentConnectionsDisturbNobody() throws IOException {
        List<RawConnection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                connections.add(new RawConnection(server).send(new byte[] {0, 0, 1, 0, 0, 3}));
            }
            assertOthersAreServed();
        } finally {
            for (RawConnection connection : connections) {
                connection.close();
            }
        }
    }

    private static Errors produce(RawConnection connection, MemoryRecords records) throws IOException {
        ProduceRequestData.TopicProduceDataCollection topics = new ProduceRequestData.TopicProduceDataCollection();
        topics.add(new ProduceRequestData.TopicProduceData()
                .setName("checked")
                .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                        .setIndex(0)
                        .setRecords(
                                MemoryRecords.readableRecords(records.buffer().duplicate())))));
        ProduceRequestData request = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(10_000)
                .setTopicData(topics);
        ByteBuffer answer = connection
                .sendFrame(RawConnection.request(ApiKeys.PRODUCE, (short) 7, request))
                .readFrame();
        answer.getInt();
        ProduceResponseData data = new ProduceResponseData(new ByteBufferAccessor(answer), (short) 7);
        return Errors.forCode(
                data.responses().iterator().next().partitionResponses().get(0).errorCode());
    }

    private static void assertOthersAreServed() {
        assertThat(server.isAlive()).isTrue();
        assertThat((List<?>) client.call("produce", server.bootstrap(), "others", 0, 1, Map.of()))
                .hasSize(1);
    }
}
