package io.daybook.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.benchmarks.Options.Group;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Path HOME = Path.of("home");

    @Test
    void measuresEverythingThreeTimesByDefault() {
        Options options = parse();

        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.groups()).containsExactlyInAnyOrder(Group.values());
        assertThat(options.out()).isEqualTo(HOME.resolve("docs/benchmarks"));
        assertThat(options.command()).isEqualTo("bench/compare --rounds 3");
    }

    @Test
    void measuresWhatIsAskedFor() {
        Options options = parse("--short", "--only", "start,produce", "--rounds", "2", "--work", "w", "--out", "o");

        assertThat(options.isShort()).isTrue();
        assertThat(options.groups()).containsExactlyInAnyOrder(Group.START, Group.PRODUCE);
        assertThat(options.work()).isEqualTo(Path.of("w"));
        assertThat(options.out()).isEqualTo(Path.of("o"));
        assertThat(options.command()).isEqualTo("bench/compare --short --rounds 2 --only start,produce");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> parse("--fast", "1")).hasMessage("--fast is unknown");
        assertThatThrownBy(() -> parse("--rounds")).hasMessage("--rounds needs a value");
        assertThatThrownBy(() -> parse("--rounds", "0")).hasMessage("--rounds is a number from 1 to 999, not '0'");
        assertThatThrownBy(() -> parse("--only", "speed"))
                .hasMessage("--only takes start,produce,fetch,singles,latency,partitions,limits, not 'speed'");
    }

    private static Options parse(String... args) {
        return Options.parse(args, HOME);
    }
}
