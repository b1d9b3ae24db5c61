package io.daybook.it.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daybook.it.fixture.DaybookProcess;
import io.daybook.it.fixture.IsolatedClient;
import io.daybook.it.fixture.RawConnection;
import io.daybook.it.fixture.Tool;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More clients than the system lets the server have files and sockets: those who are there notice nothing. */
@Timeout(180)
class OpenFileLimitTest {
    private static final int OPEN_FILES = 400;
    /** Five eighths of them. */
    private static final int CONNECTIONS = 250;

    private static final int PARTITIONS = 20;
    /** Of clients that come back for a while, and of the server's own. */
    private static final int OTHER_CONNECTIONS = 10;

    private static final long PATIENCE_MS = 20_000;
    private static final byte[] HELLO =
            RawConnection.request(ApiKeys.API_VERSIONS, (short) 0, new ApiVersionsRequestData());

    @TempDir
    Path directory;

    private final List<RawConnection> connections = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (RawConnection each : connections) {
            each.close();
        }
    }

    @Test
    void connectionsLeaveFilesForTheLogsAndTheOperatorIsToldWhatToRaise() throws Exception {
        try (DaybookProcess server = DaybookProcess.startWithOpenFiles(OPEN_FILES, directory.resolve("data"))) {
            createTopic(server);
            int turnedAway = 0;
            while (turnedAway < 50) {
                turnedAway += connect(server) ? 0 : 1;
            }
            assertThat(connections).hasSizeBetween(CONNECTIONS - OTHER_CONNECTIONS, CONNECTIONS);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertThat(OneBatch.produce(connections.get(partition), partition))
                        .isZero();
            }
            assertThat(linesWith(server, "no more connections"))
                    .hasSizeBetween(1, 3)
                    .allMatch(line -> line.contains("ulimit -n") && line.contains("openFileLimit=" + OPEN_FILES));
            closeAll();
            connections.clear();
            awaitConnection(server);
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void whereTheSystemGivesNoSocketNewClientsWaitAndOthersAreServed() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")));
        try (DaybookProcess server = DaybookProcess.start(directory.resolve("data"))) {
            createTopic(server);
            assertThat(connect(server)).isTrue();
            RawConnection early = connections.get(0);
            assertThat(OneBatch.produce(early, 0)).isZero();
            limit(server, ServerMemory.openFiles(server));
            RawConnection late = new RawConnection(server);
            connections.add(late);
            Duration cpuBefore = cpu(server);
            long beginNanos = System.nanoTime();
            assertThat(late.isClosedByServer()).isFalse();
            long waitedNanos = System.nanoTime() - beginNanos;
            assertThat(cpu(server).minus(cpuBefore).toNanos()).isLessThan(waitedNanos / 4);
            assertThat(linesWith(server, "new connections wait"))
                    .hasSizeBetween(1, 3)
                    .allMatch(line -> line.contains("the limit on open files is reached; raise ulimit -n"));
            early.sendFrame(HELLO);
            assertThat(early.readFrame().remaining()).isPositive();
            limit(server, OPEN_FILES);
            late.sendFrame(HELLO);
            assertThat(late.readFrame().remaining()).isPositive();
            assertThat(OneBatch.produce(early, 1)).isZero();
            assertThat(server.stop()).isZero();
        }
    }

    private static void createTopic(DaybookProcess server) {
        IsolatedClient.ofVersion("4.3.1")
                .call("createConfiguredTopic", server.bootstrap(), OneBatch.TOPIC, PARTITIONS, Map.of());
    }

    /** Whether the server answers on a new connection, which is kept then. */
    private boolean connect(DaybookProcess server) throws IOException {
        RawConnection connection = new RawConnection(server);
        try {
            connection.sendFrame(HELLO);
            assertThat(connection.readFrame().remaining()).isPositive();
            connections.add(connection);
            return true;
        } catch (EOFException | SocketException turnedAway) {
            connection.close();
            return false;
        }
    }

    private void awaitConnection(DaybookProcess server) throws IOException {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!connect(server)) {
            assertThat(System.nanoTime()).as("there is room again").isLessThan(deadlineNanos);
        }
    }

    private static List<String> linesWith(DaybookProcess server, String words) {
        return server.log().lines().filter(line -> line.contains(words)).toList();
    }

    private static void limit(DaybookProcess server, long openFiles) {
        Tool.run(List.of("prlimit", "--pid", Long.toString(server.pid()), "--nofile=" + openFiles + ":"), "")
                .succeeded();
    }

    private static Duration cpu(DaybookProcess server) {
        return ProcessHandle.of(server.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow();
    }
}
