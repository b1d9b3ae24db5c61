package io.daybook.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ProcessAgeTest {
    @Test
    void theStartIsCountedInTicksSinceTheBoot() {
        // Given a program whose name holds what separates the fields
        String stat =
                "812 (a) b (c)) S 1 812 812 0 -1 4194560 100 0 0 0 1 2 0 0 20 0 9 0 123450 2048 77 18446744073709551615";

        // When, Then
        assertThat(ProcessAge.ms("1235.25 2000.10\n", stat)).isEqualTo(750);
    }

    @Test
    void thisProcessIsOlderThanItsVirtualMachine() {
        long virtualMachineMs = ManagementFactory.getRuntimeMXBean().getUptime();

        long ageMs = ProcessAge.ms();

        assertThat(ageMs).isBetween(virtualMachineMs - 20, virtualMachineMs + 60_000);
    }
}
