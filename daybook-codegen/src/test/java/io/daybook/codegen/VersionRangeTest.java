package io.daybook.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
    @Test
    void readsTheFormsThatDescriptionsUse() {
        assertThat(VersionRange.parse("none").isEmpty()).isTrue();
        assertThat(VersionRange.parse("3")).isEqualTo(new VersionRange(3, 3));
        assertThat(VersionRange.parse("3+")).isEqualTo(new VersionRange(3, Short.MAX_VALUE));
        assertThat(VersionRange.parse("3-5")).isEqualTo(new VersionRange(3, 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "-1", "5-3", "a-b", "99999"})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> VersionRange.parse(text)).isInstanceOf(DescriptionException.class);
    }

    @Test
    void conditionsAreAsShortAsWhatIsKnownAllows() {
        VersionRange known = new VersionRange(2, 8);
        assertThat(VersionRange.parse("0+").conditionWithin(known)).isEqualTo("true");
        assertThat(VersionRange.parse("9+").conditionWithin(known)).isEqualTo("false");
        assertThat(VersionRange.parse("5+").conditionWithin(known)).isEqualTo("version >= 5");
        assertThat(VersionRange.parse("0-5").conditionWithin(known)).isEqualTo("version <= 5");
        assertThat(VersionRange.parse("4").conditionWithin(known)).isEqualTo("version == 4");
        assertThat(VersionRange.parse("3-5").conditionWithin(known)).isEqualTo("version >= 3 && version <= 5");
    }
}
