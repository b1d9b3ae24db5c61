package io.daybook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.daybook.server.EmbeddedDaybook;
import org.junit.jupiter.api.Test;

/** The launcher does not look at the outcome of the rehearsal, so that this does. */
class RehearsalTest {

    @Test
    void everyCommandOfTheRehearsalSucceeds() {
        EmbeddedDaybook.Options options =
                EmbeddedDaybook.Options.inMemory().with("group.initial.rebalance.delay.ms", "0");
        try (EmbeddedDaybook broker = EmbeddedDaybook.start(options)) {
            assertThat(Rehearsal.run(broker.bootstrapServers())).isZero();
        }
    }
}
