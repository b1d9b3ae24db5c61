package io.daybook.server.net;

import io.daybook.base.wire.WireReader;
import io.daybook.metadata.MetadataImage;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.ApiVersionsRequestData;
import io.daybook.protocol.message.ApiVersionsResponseData;
import io.daybook.protocol.message.MetadataRequestData;
import io.daybook.protocol.message.MetadataResponseData;
import io.daybook.runtime.Shard;
import io.daybook.runtime.Ticker;
import io.daybook.server.api.ApiCall;
import io.daybook.server.api.ApiHandler;
import io.daybook.server.api.ApiTable;
import io.daybook.server.api.ApiVersionsHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A network layer with one API, and what one needs to talk to it. */
final class NetFixture implements AutoCloseable {
    static final short VERSION = 9;

    final FakeApi api = new FakeApi();
    final Transport transport;
    final NetServer server;
    final InetSocketAddress address;

    NetFixture(Transport.Kind kind, NetSettings settings, ApiHandler<?, ?>... others) {
        transport = new Transport(new Transport.Plan(kind, 2, 1000, true, "test-loop-"));
        List<ApiHandler<?, ?>> handlers = new ArrayList<>(List.of(others));
        handlers.add(api);
        handlers.add(new ApiVersionsHandler(handlers, () -> MetadataImage.EMPTY));
        server = new NetServer(transport, settings, new ApiTable(handlers), Ticker.system());
        address = server.bind("TEST", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .join();
    }

    NetFixture(NetSettings settings) {
        this(Transport.Kind.NIO, settings);
    }

    ApiCall<MetadataRequestData, MetadataResponseData> nextCall() throws InterruptedException {
        return api.nextCall();
    }

    void nextCallAnswered(String clusterId) throws InterruptedException {
        nextCall().reply(FakeApi.answer(clusterId));
    }

    RawClient client() throws IOException {
        return new RawClient(address);
    }

    static byte[] request(int correlationId) {
        return RawClient.frame(ApiKey.METADATA, VERSION, correlationId, new MetadataRequestData());
    }

    static String receive(RawClient client, int correlationId) throws IOException {
        WireReader reader = new WireReader(client.receive(correlationId, true));
        return String.valueOf(new MetadataResponseData(reader, VERSION).clusterId());
    }

    /** Proves that another client is served as if nothing had happened. */
    void checkThatOthersAreServed() throws IOException {
        try (RawClient other = client()) {
            other.send(ApiKey.API_VERSIONS, 0, 7, new ApiVersionsRequestData());
            WireReader reader = new WireReader(other.receive(7, false));
            if (new ApiVersionsResponseData(reader, (short) 0).errorCode() != 0) {
                throw new AssertionError("another client got an error");
            }
        }
    }

    /** Returns when the loops have done what they were given before. */
    void awaitLoops() throws Exception {
        for (Shard shard : transport.shards()) {
            CompletableFuture<Void> passed = new CompletableFuture<>();
            shard.post(() -> passed.complete(null));
            passed.get(10, TimeUnit.SECONDS);
        }
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come true within 10 s");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        server.close().join();
        transport.close().join();
    }
}
