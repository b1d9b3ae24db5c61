package io.daybook.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.it.fixture.DaybookProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load, again and again. The long form: {@code -Dcrash.kills=100}. */
class KillTest {
    private static final int PARTITIONS = 4;
    private static final int KILLS = Integer.getInteger("crash.kills", 5);
    private static final int LONGEST_LIFE_MS = 1_500;

    @Test
    void nothingAcknowledgedIsLostOrDoubledByKills(@TempDir Path data) throws Exception {
        int port = freePort();
        long seed = Long.getLong("crash.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        String bootstrap = "127.0.0.1:" + port;
        DaybookProcess server = DaybookProcess.startOnPort(port, data);
        try {
            createTopic(bootstrap);
            Writers writers = new Writers(bootstrap, "numbers", PARTITIONS);
            writers.start();
            for (int kill = 1; kill <= KILLS; kill++) {
                Thread.sleep(random.nextInt(100, LONGEST_LIFE_MS));
                server.kill9();
                server = DaybookProcess.startOnPort(port, data);
            }
            awaitProgress(writers);
            writers.close();
            Verdict verdict = new Verdict(bootstrap, "numbers");
            for (int partition = 0; partition < PARTITIONS; partition++) {
                verdict.check(partition, writers.acknowledged(partition));
            }
            System.out.println(KILLS + " kills (seed " + seed + "), " + writers.acknowledgedCount()
                    + " acknowledged records, all there, once, in order");
        } finally {
            server.close();
        }
    }

    /** After the last restart the producers must get on by themselves. */
    static void awaitProgress(Writers writers) throws InterruptedException {
        long before = writers.acknowledgedCount();
        long deadlineNanos = System.nanoTime() + 60_000_000_000L;
        while (writers.acknowledgedCount() < before + 1_000) {
            assertThat(System.nanoTime())
                    .as("producers go on after the restart")
                    .isLessThan(deadlineNanos);
            Thread.sleep(50);
        }
    }

    static void createTopic(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(
                            new NewTopic("numbers", PARTITIONS, (short) 1).configs(Map.of("segment.bytes", "1048576"))))
                    .all()
                    .get();
        }
    }

    static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
