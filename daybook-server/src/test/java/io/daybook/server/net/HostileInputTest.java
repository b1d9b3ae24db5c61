package io.daybook.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.wire.WireReader;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ApiVersionsResponseData;
import io.daybook.protocol.message.MetadataRequestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileInputTest {
    private NetFixture net;

    @BeforeEach
    void listen() {
        net = new NetFixture(NetSettings.DEFAULTS);
    }

    @AfterEach
    void close() {
        NetFixture.await(() -> net.server.requestBytesInFlight() == 0);
        net.close();
    }

    static Stream<Arguments> badInput() {
        byte[] good = NetFixture.request(1);
        return Stream.of(
                Arguments.of("an HTTP request", "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("a TLS hello", new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3}),
                Arguments.of("a negative length", ints(-1, 0)),
                Arguments.of("a length of zero", ints(0, 0)),
                Arguments.of("a length beyond the limit", ints((16 << 20) + 1, 0)),
                Arguments.of("the largest length", ints(Integer.MAX_VALUE, 0)),
                Arguments.of("less than a header", new byte[] {0, 0, 0, 4, 0, 3, 0, 9}),
                Arguments.of("an unknown API", withShort(good, 4, 999)),
                Arguments.of("a negative API", withShort(good, 4, -1)),
                Arguments.of("an API that is not served", withShort(good, 4, ApiKey.VOTE.id())),
                Arguments.of("a version too new", withShort(good, 6, 13)),
                Arguments.of("a version too old", withShort(good, 6, 0)),
                Arguments.of("a negative version", withShort(good, 6, -1)),
                Arguments.of("a client id beyond the frame", withShort(good, 12, 30_000)),
                Arguments.of("tagged fields without end", frame(header(), varint(20_000_000))),
                Arguments.of("more topics than bytes", frame(header(), new byte[] {0}, varint(1_000_000_000))),
                Arguments.of("bytes behind the request", appended(good, 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInput")
    void closesTheConnectionAndHarmsNobodyElse(String what, byte[] bytes) throws IOException {
        try (RawClient stranger = net.client()) {
            stranger.send(bytes);

            assertThat(stranger.isClosedByServer()).as(what).isTrue();
        }
        net.checkThatOthersAreServed();
    }

    @Test
    void answersWhatCameBeforeTheBadInput() throws Exception {
        try (RawClient client = net.client()) {
            client.send(NetFixture.request(1)).send(ints(-5));

            net.nextCallAnswered("whole");

            assertThat(NetFixture.receive(client, 1)).isEqualTo("whole");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aCutFrameCostsNothingOnceItsClientIsGone() throws IOException {
        try (RawClient client = net.client()) {
            client.send(ByteBuffer.allocate(1000).putInt(0, 5_000_000).array());
            NetFixture.await(() -> net.server.requestBytesInFlight() == 5_000_000);
            client.finishSending();
        }

        NetFixture.await(() -> net.server.requestBytesInFlight() == 0);
        net.checkThatOthersAreServed();
    }

    @Test
    void aClientFromTheFutureLearnsWhichApiVersionsAreServed() throws IOException {
        try (RawClient client = net.client()) {
            byte[] future = RawClient.framed(ByteBuffer.allocate(12)
                    .putShort(ApiKey.API_VERSIONS.id())
                    .putShort((short) 77)
                    .putInt(42)
                    .putShort((short) -1)
                    .put((byte) 0)
                    .put((byte) 99)
                    .flip());

            client.send(future);

            WireReader answer = new WireReader(client.receive(42, false));
            ApiVersionsResponseData versions = new ApiVersionsResponseData(answer, (short) 0);
            assertThat(versions.errorCode()).isEqualTo((short) 35);
            assertThat(versions.apiKeys()).extracting(each -> each.apiKey()).contains((short) 18, (short) 3);
        }
    }

    @Test
    void randomBytesNeverStopTheServer() throws IOException {
        Random random = new Random(20261122);
        for (int i = 0; i < 300; i++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            byte[] bytes = random.nextBoolean() ? garbage : RawClient.framed(ByteBuffer.wrap(garbage));
            try (RawClient stranger = net.client()) {
                stranger.send(bytes);
                stranger.finishSending();
                assertThat(stranger.isClosedByServer()).as("garbage %s", i).isTrue();
            }
        }
        net.checkThatOthersAreServed();
    }

    @Test
    void mutatedRequestsNeverStopTheServer() throws IOException {
        net.api.behaviour = call -> call.reply(FakeApi.answer("fine"));
        Random random = new Random(7);
        byte[] good = RawClient.frame(ApiKey.METADATA, NetFixture.VERSION, 1, new MetadataRequestData());
        for (int i = 0; i < 300; i++) {
            byte[] mutated = good.clone();
            mutated[Integer.BYTES + random.nextInt(good.length - Integer.BYTES)] = (byte) random.nextInt();
            try (RawClient stranger = net.client()) {
                stranger.send(mutated);
                stranger.finishSending();
                stranger.isClosedByServer();
            }
        }
        net.checkThatOthersAreServed();
    }

    private static byte[] header() {
        return ByteBuffer.allocate(10)
                .putShort(ApiKey.METADATA.id())
                .putShort(NetFixture.VERSION)
                .putInt(1)
                .putShort((short) -1)
                .array();
    }

    private static byte[] frame(byte[]... parts) {
        ByteBuffer[] buffers = new ByteBuffer[parts.length];
        for (int i = 0; i < parts.length; i++) {
            buffers[i] = ByteBuffer.wrap(parts[i]);
        }
        return RawClient.framed(buffers);
    }

    private static byte[] varint(int value) {
        ByteBuffer bytes = ByteBuffer.allocate(5);
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            bytes.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest).flip();
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        return exact;
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    private static byte[] withShort(byte[] frame, int index, int value) {
        return ByteBuffer.wrap(frame.clone()).putShort(index, (short) value).array();
    }

    private static byte[] appended(byte[] frame, int moreBytes) {
        ByteBuffer longer = ByteBuffer.allocate(frame.length + moreBytes).put(frame);
        return longer.putInt(0, frame.length - Integer.BYTES + moreBytes).array();
    }
}
