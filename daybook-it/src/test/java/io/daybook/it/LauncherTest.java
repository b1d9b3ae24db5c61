package io.daybook.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.daybook.it.fixture.DaybookProcess;
import io.daybook.it.fixture.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root of the checkout, as {@code .ci/run} has built it. */
class LauncherTest {

    private static final long RSS_LIMIT_KIB = 150 * 1024;
    private static final long READY_LIMIT_MS = 5_000;

    @TempDir
    Path directory;

    @BeforeAll
    static void needsABuild() {
        assumeTrue(
                Files.isDirectory(Path.of("..", ".build", "lib")),
                "not built: run ./daybook version once before the tests");
        Tool.run(List.of("../daybook", "version"), "").succeeded(); // the first run prepares the class archive
    }

    @Test
    void stdoutCarriesDataOnly() {
        Tool.Outcome outcome = Tool.run(List.of("../daybook", "version"), "").succeeded();

        assertThat(outcome.lines()).hasSize(1);
        assertThat(outcome.stdout()).startsWith("daybook ");
        assertThat(outcome.stderr()).isEmpty();
    }

    @Test
    void theServerIsReadySmallAndStopsOnSigterm() {
        try (DaybookProcess server = DaybookProcess.startByLauncher(directory.resolve("data"))) {
            assertThat(server.readyAfterMs()).isLessThan(READY_LIMIT_MS);
            assertThat(server.rssKib()).isLessThan(RSS_LIMIT_KIB);

            assertThat(server.stop()).isZero();
        }
    }
}
