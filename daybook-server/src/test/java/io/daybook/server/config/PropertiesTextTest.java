package io.daybook.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.daybook.server.config.PropertiesText.Entry;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {
    @Test
    void linesAreCountedThroughCommentsAndContinuations() {
        String text = "# one\r\na=1\n  ! three\nb : x\\\n   y\n\nc\n";

        assertThat(PropertiesText.parse(text))
                .containsExactly(new Entry("a", "1", 2), new Entry("b", "xy", 4), new Entry("c", "", 7));
    }

    @Test
    void aBrokenEscapeIsToldWithItsLine() {
        assertThatThrownBy(() -> PropertiesText.parse("a=1\nb=\\u12\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("line 2");
    }

    /** The class of the JDK is the oracle, on texts made of everything that means something. */
    @Test
    void everyTextMeansWhatItMeansToTheJdk() throws IOException {
        String alphabet = "ab=: \t\\#!\n\r\f1u";
        Random random = new Random(20261122);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            text.append("\nend=1\n"); // a backslash as the last thing of all means nothing anybody wants
            Properties expected = new Properties();
            try {
                expected.load(new StringReader(text.toString()));
            } catch (IllegalArgumentException e) {
                assertThatThrownBy(() -> PropertiesText.parse(text.toString()))
                        .as("text %s of <%s>", i, text)
                        .isInstanceOf(ConfigurationException.class);
                continue;
            }
            Map<String, String> parsed = new HashMap<>();
            PropertiesText.parse(text.toString()).forEach(entry -> parsed.put(entry.key(), entry.value()));
            assertThat(parsed).as("text %s of <%s>", i, text).isEqualTo(expected);
        }
    }
}
