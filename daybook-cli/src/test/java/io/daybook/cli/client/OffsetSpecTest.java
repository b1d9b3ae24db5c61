package io.daybook.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.cli.CommandException;
import io.daybook.cli.client.OffsetSpec.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetSpecTest {
    private static final long NOW_MS = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource({
        "start,START,0",
        "END,END,0",
        "42,ABSOLUTE,42",
        "0,ABSOLUTE,0",
        "-10,BEFORE_END,10",
        "@1000,TIME,1000",
        "@2026-01-31T12:00:00Z,TIME,1769860800000",
        "@2026-01-31T13:00:00+01:00,TIME,1769860800000",
    })
    void understandsEveryForm(String text, Kind kind, long value) {
        assertThat(OffsetSpec.parse(text, NOW_MS)).isEqualTo(new OffsetSpec(kind, value));
    }

    @Test
    void agoCountsFromNow() {
        assertThat(OffsetSpec.parse("@2h", NOW_MS)).isEqualTo(new OffsetSpec(Kind.TIME, NOW_MS - 7_200_000));
        assertThat(OffsetSpec.parse("@500ms", NOW_MS)).isEqualTo(new OffsetSpec(Kind.TIME, NOW_MS - 500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "@", "@2y", "@h", "1.5", "@2026-13-01", "@99999999999999999999d"})
    void whatItDoesNotUnderstandIsAUsageError(String text) {
        assertThatThrownBy(() -> OffsetSpec.parse(text, NOW_MS))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
