package io.daybook.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.it.fixture.DaybookProcess;
import io.daybook.it.fixture.IsolatedClient;
import io.daybook.it.fixture.RawConnection;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there after a server went, gently or not. */
class RestartTest {

    private static final int COUNT = 300;
    private static final int SECOND_SIGNAL = 130;
    private static final int ANSWER_TIMEOUT_MS = 30_000;

    @TempDir
    Path directory;

    private final IsolatedClient client = IsolatedClient.ofVersion("4.3.1");

    @Test
    void aGentleStopKeepsTopicsRecordsAndCommittedOffsets() {
        try (DaybookProcess server = DaybookProcess.start(directory.resolve("data"))) {
            fill(server);
            assertThat(server.stop()).isZero();
        }

        try (DaybookProcess server = DaybookProcess.start(directory.resolve("data"))) {
            assertEverythingIsThere(server);
        }
    }

    @Test
    void killMinusNineKeepsWhatWasAcknowledged() {
        try (DaybookProcess server = DaybookProcess.start(directory.resolve("data"))) {
            fill(server);
            server.kill9();
        }

        try (DaybookProcess server = DaybookProcess.start(directory.resolve("data"))) {
            assertEverythingIsThere(server);
        }
    }

    @Test
    void aSecondSignalEndsAStopThatTakesTooLong() throws IOException {
        try (DaybookProcess server = DaybookProcess.start(directory.resolve("data"));
                Socket deaf = new Socket()) {
            // A client that does not read its answers keeps the server from stopping in order for a while.
            client.call("createConfiguredTopic", server.bootstrap(), "wide", 1000, Map.of());
            fill(server);
            byte[] request =
                    RawConnection.request(ApiKeys.METADATA, (short) 12, new MetadataRequestData().setTopics(null));
            deaf.setReceiveBufferSize(4096);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            DataOutputStream out = new DataOutputStream(deaf.getOutputStream());
            for (int i = 0; i < 500; i++) {
                out.writeInt(request.length);
                out.write(request);
            }
            // the first answer has begun, and 20 MB of them do not fit between the two: the stop has somebody to wait
            // for
            deaf.setSoTimeout(ANSWER_TIMEOUT_MS);
            assertThat(new DataInputStream(deaf.getInputStream()).readInt()).isGreaterThan(20_000);

            assertThat(server.stopByRepeatedSignals()).isEqualTo(SECOND_SIGNAL);
        }

        try (DaybookProcess server = DaybookProcess.start(directory.resolve("data"))) {
            assertEverythingIsThere(server);
        }
    }

    @Test
    void aDirectoryServesOneServerAtATime() {
        try (DaybookProcess server = DaybookProcess.start(directory.resolve("data"))) {
            assertThatThrownBy(() -> DaybookProcess.start(server.data()))
                    .isInstanceOf(DaybookProcess.StartFailed.class)
                    .hasMessageContaining(server.data().toString());
            assertThat(server.isAlive()).isTrue();
        }
    }

    private void fill(DaybookProcess server) {
        client.call("createConfiguredTopic", server.bootstrap(), "kept", 1, Map.of("segment.bytes", "1048576"));
        client.call("produce", server.bootstrap(), "kept", 0, COUNT, Map.of("compression.type", "lz4"));
        client.call("consume", server.bootstrap(), "kept", "keepers", COUNT, Map.of());
    }

    private void assertEverythingIsThere(DaybookProcess server) {
        assertThat(client.call("readPartition", server.bootstrap(), "kept", 0, 0L))
                .isEqualTo(IntStream.range(0, COUNT).mapToObj(i -> "value-" + i).toList());
        assertThat(client.call("committed", server.bootstrap(), "keepers")).isEqualTo(Map.of("kept-0", (long) COUNT));
        assertThat(client.call("configs", server.bootstrap(), "kept"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, String.class))
                .containsEntry("segment.bytes", "1048576");
        assertThat((List<?>) client.call("produce", server.bootstrap(), "kept", COUNT, 1, Map.of()))
                .isEqualTo(List.of("0:" + COUNT));
    }
}
