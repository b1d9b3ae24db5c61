package io.daybook.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.base.ErrorCode;
import io.daybook.base.record.MemoryRecords;
import io.daybook.base.record.Records;
import io.daybook.base.wire.WireReader;
import io.daybook.protocol.ApiKey;
import io.daybook.protocol.message.FetchRequestData;
import io.daybook.protocol.message.FetchResponseData;
import io.daybook.protocol.message.FetchResponseData.FetchableTopicResponse;
import io.daybook.protocol.message.FetchResponseData.PartitionData;
import io.daybook.server.api.ApiCall;
import io.daybook.server.api.ApiHandler;
import io.daybook.server.api.VersionRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Responses in several large parts, with the next one already waiting. */
class PipelinedResponsesTest {
    private static final short VERSION = 12;
    private static final int PARTITIONS = 4;
    private static final int RECORDS_BYTES = 300_000;
    private static final int PAIRS = 20;

    @ParameterizedTest
    @EnumSource
    void noResponseIsWrittenIntoTheMiddleOfAnother(Transport.Kind kind) throws Exception {
        // Given
        LargeFetch fetch = new LargeFetch();
        try (NetFixture net = new NetFixture(kind, NetSettings.DEFAULTS, fetch);
                RawClient client = net.client()) {
            for (int i = 0; i < PAIRS; i++) {
                client.send(ApiKey.FETCH, VERSION, 2 * i, new FetchRequestData());
                client.send(NetFixture.request(2 * i + 1));
                net.nextCallAnswered("the second");

                // When
                fetch.answerNext();

                // Then
                assertWhole(client.receive(2 * i, true));
                assertThat(NetFixture.receive(client, 2 * i + 1)).isEqualTo("the second");
            }
        }
    }

    private static void assertWhole(ByteBuffer body) {
        FetchResponseData response = new FetchResponseData(new WireReader(body), VERSION);
        List<PartitionData> partitions = response.responses().get(0).partitions();
        assertThat(partitions).hasSize(PARTITIONS);
        for (int i = 0; i < PARTITIONS; i++) {
            assertThat(partitions.get(i).partitionIndex()).isEqualTo(i);
            Records records = Objects.requireNonNull(partitions.get(i).records());
            assertThat(records.buffer()).isEqualTo(bytes(i));
        }
    }

    private static ByteBuffer bytes(int partition) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(RECORDS_BYTES);
        while (bytes.hasRemaining()) {
            bytes.put((byte) (partition + 1));
        }
        return bytes.flip();
    }

    /** Answers with more than fits into what the network layer likes to keep for one connection. */
    private static final class LargeFetch implements ApiHandler<FetchRequestData, FetchResponseData> {
        private final BlockingQueue<ApiCall<FetchRequestData, FetchResponseData>> calls = new LinkedBlockingQueue<>();

        @Override
        public ApiKey apiKey() {
            return ApiKey.FETCH;
        }

        @Override
        public VersionRange versions() {
            return VersionRange.of(4, 12);
        }

        @Override
        public void handle(ApiCall<FetchRequestData, FetchResponseData> call) {
            calls.add(call);
        }

        void answerNext() throws InterruptedException {
            List<PartitionData> partitions = new ArrayList<>();
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new PartitionData().setPartitionIndex(i).setRecords(new MemoryRecords(bytes(i))));
            }
            ApiCall<FetchRequestData, FetchResponseData> call = calls.poll(10, TimeUnit.SECONDS);
            Objects.requireNonNull(call, "no fetch request came")
                    .reply(new FetchResponseData()
                            .setResponses(List.of(new FetchableTopicResponse()
                                    .setTopic("orders")
                                    .setPartitions(partitions))));
        }

        @Override
        public FetchResponseData errorResponse(
                FetchRequestData request, short version, ErrorCode code, @Nullable String message) {
            return new FetchResponseData().setErrorCode(code.code());
        }
    }
}
