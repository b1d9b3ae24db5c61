package io.daybook.it.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daybook.it.fixture.DaybookProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drive loses its power under load, again and again. The long form: {@code -Dcrash.powerlosses=20}. */
class PowerLossTest {
    private static final int PARTITIONS = 4;
    private static final int LOSSES = Integer.getInteger("crash.powerlosses", 2);
    private static final int LONGEST_LIFE_MS = 2_000;
    private static final long DRIVE_BYTES = 4L * 1024 * 1024 * 1024;

    @Test
    void nothingAcknowledgedIsLostOrDoubledByPowerLosses(@TempDir Path directory) throws Exception {
        assumeTrue(CutDrive.unavailable().isEmpty(), CutDrive::unavailable);
        int port = KillTest.freePort();
        long seed = Long.getLong("crash.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        String bootstrap = "127.0.0.1:" + port;
        try (CutDrive drive = CutDrive.create(directory, DRIVE_BYTES)) {
            Path data = drive.path().resolve("data");
            DaybookProcess server = DaybookProcess.startOnPort(port, data);
            try {
                KillTest.createTopic(bootstrap);
                Writers writers = new Writers(bootstrap, "numbers", PARTITIONS);
                writers.start();
                for (int loss = 1; loss <= LOSSES; loss++) {
                    Thread.sleep(random.nextInt(200, LONGEST_LIFE_MS));
                    drive.cutPowerUnder(server);
                    server.kill9();
                    drive.powerOn();
                    server = DaybookProcess.startOnPort(port, data);
                }
                KillTest.awaitProgress(writers);
                writers.close();
                Verdict verdict = new Verdict(bootstrap, "numbers");
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    verdict.check(partition, writers.acknowledged(partition));
                }
                System.out.println(LOSSES + " power losses (seed " + seed + "), " + writers.acknowledgedCount()
                        + " acknowledged records, all there, once, in order");
            } finally {
                server.close();
            }
        }
    }

    @Test
    void theDriveReallyForgetsWhatWasNotSynced(@TempDir Path directory) throws Exception {
        assumeTrue(CutDrive.unavailable().isEmpty(), CutDrive::unavailable);
        try (CutDrive drive = CutDrive.create(directory, 64L * 1024 * 1024)) {
            Path file = Files.write(drive.path().resolve("file"), "not synced".getBytes(StandardCharsets.US_ASCII));

            drive.cutPower();
            drive.powerOn();

            assertThat(file).doesNotExist();
        }
    }
}
