package io.daybook.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.runtime.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;

class LineLoggersTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LineLoggers loggers = new LineLoggers(
            LogLevels.parse("warn,a.b=info"),
            new LogLines(new PrintStream(written, true, StandardCharsets.UTF_8), Ticker.system()));

    @Test
    void aLevelIsChangedForALoggerThatIsThereAndForThoseThatCome() {
        Logger before = loggers.getLogger("a.c.D");
        loggers.set("a.c", Level.DEBUG);
        Logger after = loggers.getLogger("a.c.E");

        before.debug("one");
        after.debug("two");
        loggers.getLogger("a.d").info("nobody asked");

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("one", "two")
                .doesNotContain("nobody");
    }

    @Test
    void aLevelThatIsTakenBackIsWhatItWasAtTheStart() {
        Logger logger = loggers.getLogger("a.b.C");
        loggers.set("a.b", Level.ERROR);
        assertThat(logger.isInfoEnabled()).isFalse();

        loggers.reset("a.b");

        assertThat(logger.isInfoEnabled()).isTrue();
        assertThat(logger.isDebugEnabled()).isFalse();
    }

    @Test
    void theRootHoldsWhereNothingElseDoes() {
        loggers.getLogger("x.Y");
        loggers.getLogger("a.b.C");

        loggers.set(LineLoggers.ROOT, Level.TRACE);

        assertThat(loggers.levels())
                .containsEntry("root", Level.TRACE)
                .containsEntry("x.Y", Level.TRACE)
                .containsEntry("a.b.C", Level.INFO);
    }

    @Test
    void packagesOfLoggersAreKnownAndOthersAreNot() {
        loggers.getLogger("x.y.Z");

        assertThat(loggers.isKnown("x.y")).isTrue();
        assertThat(loggers.isKnown("x.y.Z")).isTrue();
        assertThat(loggers.isKnown("a.b")).isTrue();
        assertThat(loggers.isKnown("x.yy")).isFalse();
    }
}
