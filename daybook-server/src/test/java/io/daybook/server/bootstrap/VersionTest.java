package io.daybook.server.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void theVersionThatIsShownIsThatOfTheBuild() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        Matcher ofParent = Pattern.compile("<parent>.*?<version>([^<]+)</version>.*?</parent>", Pattern.DOTALL)
                .matcher(pom);

        assertThat(ofParent.find()).isTrue();
        assertThat(ofParent.group(1)).isEqualTo(Version.TEXT);
    }
}
