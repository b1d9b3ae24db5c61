package io.daybook.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.MetadataRequestData;
import io.daybook.protocol.message.MetadataResponseData;
import io.daybook.server.api.ApiCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionTest {
    private NetFixture net = new NetFixture(NetSettings.DEFAULTS);

    @AfterEach
    void close() {
        net.close();
    }

    private void relisten(Transport.Kind kind, NetSettings settings) {
        net.close();
        net = new NetFixture(kind, settings);
    }

    @ParameterizedTest
    @EnumSource
    void answersLeaveInTheOrderOfTheRequests(Transport.Kind kind) throws Exception {
        relisten(kind, NetSettings.DEFAULTS);
        try (RawClient client = net.client()) {
            for (int i = 0; i < 10; i++) {
                client.send(NetFixture.request(i));
            }
            List<ApiCall<MetadataRequestData, MetadataResponseData>> calls = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                calls.add(net.nextCall());
            }
            Collections.reverse(calls);

            calls.forEach(
                    call -> call.reply(FakeApi.answer("to " + call.context().correlationId())));

            for (int i = 0; i < 10; i++) {
                assertThat(NetFixture.receive(client, i)).isEqualTo("to " + i);
            }
        }
    }

    @Test
    void aRequestMayArriveByteByByte() throws Exception {
        net.api.behaviour = call -> call.reply(FakeApi.answer("whole"));
        try (RawClient client = net.client()) {
            for (byte each : NetFixture.request(3)) {
                client.send(new byte[] {each});
            }

            assertThat(NetFixture.receive(client, 3)).isEqualTo("whole");
        }
    }

    @Test
    void manyRequestsMayArriveAtOnce() throws Exception {
        net.api.behaviour = call -> call.reply(FakeApi.answer("yes"));
        ByteBuffer all = ByteBuffer.allocate(1 << 20);
        for (int i = 0; i < 1000; i++) {
            all.put(NetFixture.request(i));
        }
        byte[] bytes = new byte[all.flip().remaining()];
        all.get(bytes);
        try (RawClient client = net.client()) {
            client.send(bytes);

            for (int i = 0; i < 1000; i++) {
                assertThat(NetFixture.receive(client, i)).isEqualTo("yes");
            }
        }
        NetFixture.await(() -> net.server.requestBytesInFlight() == 0);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestOfMegabytesArrivesWhole(Transport.Kind kind) throws Exception {
        relisten(kind, NetSettings.DEFAULTS);
        String name = "n".repeat(30_000);
        List<MetadataRequestData.MetadataRequestTopic> topics = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            topics.add(new MetadataRequestData.MetadataRequestTopic().setName(name + i));
        }
        try (RawClient client = net.client()) {
            client.send(ApiKey.METADATA, NetFixture.VERSION, 5, new MetadataRequestData().setTopics(topics));

            ApiCall<MetadataRequestData, MetadataResponseData> call = net.nextCall();

            assertThat(call.request().topics()).isEqualTo(topics);
            call.reply(FakeApi.answer("got it"));
            assertThat(NetFixture.receive(client, 5)).isEqualTo("got it");
        }
        NetFixture.await(() -> net.server.requestBytesInFlight() == 0);
    }

    @Test
    void aFailingHandlerAnswersWithAServerErrorAndTheConnectionGoesOn() throws Exception {
        try (RawClient client = net.client()) {
            net.api.behaviour = call -> {
                throw new IllegalStateException("planted");
            };
            client.send(NetFixture.request(1));
            assertThat(NetFixture.receive(client, 1)).isEqualTo("UNKNOWN_SERVER_ERROR");

            net.api.behaviour = call -> {
                throw new AssertionError("planted");
            };
            client.send(NetFixture.request(2));
            assertThat(NetFixture.receive(client, 2)).isEqualTo("UNKNOWN_SERVER_ERROR");

            net.api.behaviour =
                    call -> call.replyWith(CompletableFuture.failedFuture(new IllegalStateException("planted too")));
            client.send(NetFixture.request(3));
            assertThat(NetFixture.receive(client, 3)).isEqualTo("UNKNOWN_SERVER_ERROR");
        }
    }

    @Test
    void aResponseThatItsVersionCannotCarryBecomesAServerError() throws Exception {
        try (RawClient client = net.client()) {
            net.api.behaviour = call -> call.reply(FakeApi.answer("fine").setClusterAuthorizedOperations(1));
            client.send(RawClient.frame(ApiKey.METADATA, 12, 1, new MetadataRequestData()));

            client.receive(1, true);
        }
    }

    @Test
    void aRequestWithoutAnswerDoesNotHoldUpTheNext() throws Exception {
        net.api.isAnswered = false;
        net.api.behaviour = ApiCall::replyNothing;
        try (RawClient client = net.client()) {
            client.send(NetFixture.request(1));
            client.send(ApiKey.API_VERSIONS, 0, 2, new io.daybook.protocol.message.ApiVersionsRequestData());

            client.receive(2, false);
        }
    }

    @Test
    void aFailedRequestWithoutAnswerClosesTheConnection() throws Exception {
        net.api.isAnswered = false;
        net.api.behaviour = call -> {
            throw new IllegalStateException("planted");
        };
        try (RawClient client = net.client()) {
            client.send(NetFixture.request(1));

            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void answeringTwiceIsADefectThatIsSeen() throws Exception {
        try (RawClient client = net.client()) {
            client.send(NetFixture.request(1));
            ApiCall<MetadataRequestData, MetadataResponseData> call = net.nextCall();
            call.reply(FakeApi.answer("once"));

            assertThatThrownBy(() -> call.reply(FakeApi.answer("twice"))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aConnectionWithTooManyOpenRequestsIsNotRead() throws Exception {
        relisten(
                Transport.Kind.NIO,
                settings(s -> new NetSettings(
                        s.maxFrameBytes(), s.requestMemoryBytes(), 3, s.maxIdleMs(), s.connections(), s.sockets())));
        try (RawClient client = net.client()) {
            for (int i = 0; i < 20; i++) {
                client.send(NetFixture.request(i));
            }
            List<ApiCall<MetadataRequestData, MetadataResponseData>> calls = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                calls.add(net.nextCall());
            }
            assertThat(net.api.calls.poll(100, TimeUnit.MILLISECONDS)).isNull();

            net.api.behaviour = call -> call.reply(FakeApi.answer("later"));
            calls.forEach(call -> call.reply(FakeApi.answer("first")));

            for (int i = 0; i < 20; i++) {
                assertThat(NetFixture.receive(client, i)).isEqualTo(i < 3 ? "first" : "later");
            }
        }
    }

    @Test
    void whoeverDoesNotReadAnswersIsNotRead() throws Exception {
        String large = "x".repeat(30_000);
        net.api.behaviour = call -> {
            net.api.calls.add(call);
            call.reply(FakeApi.answer(large));
        };
        try (RawClient client = new RawClient(net.address, 4096)) {
            for (int i = 0; i < 1000; i++) {
                client.send(NetFixture.request(i));
            }
            NetFixture.await(() -> net.api.calls.size() > 10);
            Thread.sleep(200);
            assertThat(net.api.calls.size()).isLessThan(600);

            for (int i = 0; i < 1000; i++) {
                assertThat(NetFixture.receive(client, i)).isEqualTo(large);
            }
        }
    }

    @Test
    void requestsWaitInLineForMemoryAndAreAllServed() throws Exception {
        relisten(
                Transport.Kind.NIO,
                settings(s -> new NetSettings(1 << 20, 2 << 20, 10, s.maxIdleMs(), s.connections(), s.sockets())));
        String name = "n".repeat(30_000);
        List<MetadataRequestData.MetadataRequestTopic> topics = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            topics.add(new MetadataRequestData.MetadataRequestTopic().setName(name + i));
        }
        byte[] request =
                RawClient.frame(ApiKey.METADATA, NetFixture.VERSION, 1, new MetadataRequestData().setTopics(topics));
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add(net.client().send(request));
        }

        for (int i = 0; i < 10; i++) {
            ApiCall<MetadataRequestData, MetadataResponseData> call = net.nextCall();
            assertThat(net.server.requestBytesInFlight()).isLessThanOrEqualTo(2 << 20);
            call.reply(FakeApi.answer("served"));
        }

        for (RawClient client : clients) {
            assertThat(NetFixture.receive(client, 1)).isEqualTo("served");
            client.close();
        }
        NetFixture.await(() -> net.server.requestBytesInFlight() == 0);
    }

    @Test
    void whoWaitsForMemoryAndLeavesReleasesIt() throws Exception {
        relisten(
                Transport.Kind.NIO,
                settings(s -> new NetSettings(1 << 20, 1 << 20, 10, s.maxIdleMs(), s.connections(), s.sockets())));
        byte[] begin = ByteBuffer.allocate(100).putInt(0, 1 << 20).array();
        try (RawClient holder = net.client().send(begin)) {
            NetFixture.await(() -> net.server.requestBytesInFlight() == 1 << 20);
            for (int i = 0; i < 5; i++) {
                net.client().send(begin).close();
            }
            holder.finishSending();
        }

        NetFixture.await(() -> net.server.requestBytesInFlight() == 0 && net.server.connectionCount() == 0);
        net.checkThatOthersAreServed();
    }

    @Test
    void anIdleConnectionIsClosedAndABusyOneIsNot() throws Exception {
        relisten(
                Transport.Kind.NIO,
                settings(s -> new NetSettings(
                        s.maxFrameBytes(), s.requestMemoryBytes(), 10, 400, s.connections(), s.sockets())));
        try (RawClient idle = net.client();
                RawClient busy = net.client()) {
            busy.send(NetFixture.request(1));
            ApiCall<MetadataRequestData, MetadataResponseData> call = net.nextCall();

            assertThat(idle.isClosedByServer()).isTrue();

            call.reply(FakeApi.answer("still here"));
            assertThat(NetFixture.receive(busy, 1)).isEqualTo("still here");
        }
    }

    @Test
    void oneAddressGetsOnlySoManyConnections() throws Exception {
        relisten(
                Transport.Kind.NIO,
                settings(s -> new NetSettings(
                        s.maxFrameBytes(),
                        s.requestMemoryBytes(),
                        10,
                        s.maxIdleMs(),
                        new ConnectionLimits(100, 2, Map.of(), Integer.MAX_VALUE),
                        s.sockets())));
        try (RawClient first = net.client();
                RawClient second = net.client();
                RawClient third = net.client()) {
            assertThat(third.isClosedByServer()).isTrue();
            first.close();
            NetFixture.await(() -> net.server.connectionCount() == 1);

            net.checkThatOthersAreServed();
            second.timeoutMs(50);
            assertThatThrownBy(second::isClosedByServer).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void limitsOnConnectionsMayChangeWhileTheServerRuns() throws Exception {
        InetAddress here = net.address.getAddress();
        try (RawClient first = net.client()) {
            first.send(NetFixture.request(1));
            net.nextCallAnswered("served");
            NetFixture.receive(first, 1);

            net.server.limit(new ConnectionLimits(100, 99, Map.of(here, 1), Integer.MAX_VALUE));
            try (RawClient second = net.client()) {
                assertThat(second.isClosedByServer()).isTrue();
            }
            net.server.limit(new ConnectionLimits(100, 0, Map.of(here, 9), Integer.MAX_VALUE));

            net.checkThatOthersAreServed();
        }
    }

    @Test
    void connectionsBeyondTheRateWaitAndAreServed() throws Exception {
        net.server.limit(new ConnectionLimits(1000, 1000, Map.of(), 20));
        List<RawClient> clients = new ArrayList<>();
        long startNanos = System.nanoTime();
        for (int i = 0; i < 45; i++) {
            clients.add(net.client());
        }

        NetFixture.await(() -> net.server.connectionCount() == 45);

        assertThat(System.nanoTime() - startNanos).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(300));
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void aDrainWaitsForTheAnswersAndReadsNothingMore() throws Exception {
        try (RawClient client = net.client()) {
            client.send(NetFixture.request(1));
            ApiCall<MetadataRequestData, MetadataResponseData> call = net.nextCall();

            CompletableFuture<Void> drained = net.server.drain(10_000);
            NetFixture.await(() -> cannotConnect());
            net.awaitLoops();
            client.send(NetFixture.request(2));
            assertThat(drained).isNotDone();
            call.reply(FakeApi.answer("last"));

            drained.get(5, TimeUnit.SECONDS);
            assertThat(NetFixture.receive(client, 1)).isEqualTo("last");
            net.server.close().get(5, TimeUnit.SECONDS);
            assertThat(client.isClosedByServer()).isTrue();
            assertThat(net.api.calls).isEmpty();
        }
    }

    private boolean cannotConnect() {
        try (RawClient ignored = net.client()) {
            return false;
        } catch (IOException expected) {
            return true;
        }
    }

    private interface Change {
        NetSettings of(NetSettings defaults);
    }

    private static NetSettings settings(Change change) {
        return change.of(NetSettings.DEFAULTS);
    }
}
