package io.daybook.it.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.it.fixture.DaybookProcess;
import io.daybook.it.fixture.IsolatedClient;
import io.daybook.it.fixture.RawConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code -Dscale.connections} connections (500), a fiftieth of them sends ten small batches a second: a lone client is
 * answered as it was without them. Times are printed; from 5,000 connections on they are asserted, too.
 */
@Timeout(1_800)
class ManyConnectionsTest {
    private static final int CONNECTIONS = Integer.getInteger("scale.connections", 500);
    private static final int ACTIVE = Math.max(1, CONNECTIONS / 50);
    private static final int ASSERTED_FROM = 5_000;
    private static final boolean IS_LONG = CONNECTIONS >= ASSERTED_FROM;
    private static final int LONE_REQUESTS = IS_LONG ? 5_000 : 1_000;
    private static final int WARM_UP_REQUESTS = IS_LONG ? 20_000 : 2_000;
    /** The median of so many counts: others use the machine, too. */
    private static final int MEASUREMENTS = 5;

    private static final int SENDERS = Math.min(4, ACTIVE);
    private static final int PARTITIONS = 8;
    /** Of each active client, between two requests. */
    private static final long PAUSE_MS = 100;
    /** Direct and heap memory, and the kernel's is not in it. */
    private static final long MAX_KIB_PER_CONNECTION = 32;

    @TempDir
    Path directory;

    private final AtomicLong answered = new AtomicLong();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<RawConnection> connections = new ArrayList<>();
    private volatile boolean isOver;

    @Test
    void aLoneClientIsAnsweredAmongManyConnections() throws Exception {
        try (DaybookProcess server =
                DaybookProcess.start(directory.resolve("data"), "--set", "daybook.durability=os")) {
            IsolatedClient.ofVersion("4.3.1")
                    .call("createConfiguredTopic", server.bootstrap(), OneBatch.TOPIC, PARTITIONS, Map.of());
            long p99Alone = measure(server);
            long rssBefore = server.rssKib();
            try {
                connect(server);
                report("idle connection: %d KiB of RSS%n", (server.rssKib() - rssBefore) / CONNECTIONS);
                assertThat((server.rssKib() - rssBefore) / CONNECTIONS).isLessThan(MAX_KIB_PER_CONNECTION);
                List<Thread> active = startActive();
                long beginNanos = System.nanoTime();
                long p99Among = measure(server);
                long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
                isOver = true;
                for (Thread each : active) {
                    each.join();
                }
                report(
                        "p99 alone %d us, among %d connections (%d active, %d answers in %d ms) %d us%n",
                        p99Alone, CONNECTIONS, ACTIVE, answered.get(), tookMs, p99Among);
                assertThat(failures).isEmpty();
                assertThat(answered.get()).isPositive();
                if (IS_LONG) {
                    assertThat(p99Among).isLessThanOrEqualTo(2 * p99Alone);
                }
            } finally {
                for (RawConnection each : connections) {
                    each.close();
                }
            }
            assertThat(server.stop()).isZero();
        }
    }

    private void connect(DaybookProcess server) throws IOException {
        byte[] hello = RawConnection.request(ApiKeys.API_VERSIONS, (short) 0, new ApiVersionsRequestData());
        for (int i = 0; i < CONNECTIONS; i++) {
            RawConnection connection = new RawConnection(server);
            connections.add(connection);
            connection.sendFrame(hello);
            assertThat(connection.readFrame().remaining()).isPositive();
        }
    }

    /** A few threads send for all of them: as many as there are clients would wait for each other, and not for the server. */
    private List<Thread> startActive() {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            List<RawConnection> own = new ArrayList<>();
            for (int j = i; j < ACTIVE; j += SENDERS) {
                own.add(connections.get(j * (CONNECTIONS / ACTIVE)));
            }
            int seed = i;
            Thread thread = new Thread(() -> sendUntilOver(own, new Random(seed)), "active-" + i);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void sendUntilOver(List<RawConnection> own, Random random) {
        List<byte[]> requests =
                IntStream.range(0, PARTITIONS).mapToObj(OneBatch::request).toList();
        long meanNanos = TimeUnit.MILLISECONDS.toNanos(PAUSE_MS) / Math.max(1, own.size());
        long dueNanos = System.nanoTime();
        try {
            while (!isOver) {
                RawConnection connection = own.get(random.nextInt(own.size()));
                assertThat(OneBatch.send(connection, requests.get(random.nextInt(PARTITIONS))))
                        .isZero();
                answered.incrementAndGet();
                dueNanos += random.nextLong(2 * meanNanos);
                LockSupport.parkNanos(dueNanos - System.nanoTime());
            }
        } catch (IOException | AssertionError e) {
            failures.add(e);
        }
    }

    /** The 99th percentile of how long one connection waits for each of its batches, in microseconds. */
    private long measure(DaybookProcess server) throws IOException {
        byte[] request = OneBatch.request(0);
        try (RawConnection connection = new RawConnection(server)) {
            for (int i = 0; i < WARM_UP_REQUESTS; i++) {
                assertThat(OneBatch.send(connection, request)).isZero();
            }
            long[] each = new long[MEASUREMENTS];
            for (int i = 0; i < MEASUREMENTS; i++) {
                each[i] = p99Micros(connection, request);
            }
            Arrays.sort(each);
            return each[MEASUREMENTS / 2];
        }
    }

    private static long p99Micros(RawConnection connection, byte[] request) throws IOException {
        long[] nanos = new long[LONE_REQUESTS];
        for (int i = 0; i < LONE_REQUESTS; i++) {
            long beginNanos = System.nanoTime();
            assertThat(OneBatch.send(connection, request)).isZero();
            nanos[i] = System.nanoTime() - beginNanos;
        }
        Arrays.sort(nanos);
        return TimeUnit.NANOSECONDS.toMicros(nanos[LONE_REQUESTS * 99 / 100]);
    }

    private static void report(String format, Object... values) {
        System.out.printf(format, values);
    }
}
