package io.daybook.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every script in {@code src/test/resources/groups}. A file holds cases; each begins with {@code == title}. A case
 * is steps, each followed by everything that it brings about, indented: records that are appended ({@code +}) and answers
 * that arrive, by the label of their request. {@link GroupScript} says what steps there are. To add a case, write the
 * steps; the failure shows what happened, ready to be pasted if it is right.
 */
final class GroupScriptTest {
    @TestFactory
    List<DynamicTest> scripts() throws IOException, URISyntaxException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files =
                Files.list(Path.of(GroupScriptTest.class.getResource("/groups").toURI()))) {
            for (Path file : files.sorted().toList()) {
                for (String each : Files.readString(file).split("(?m)^== ")) {
                    if (!each.isBlank() && !each.startsWith("#")) {
                        String title = each.substring(0, each.indexOf('\n'));
                        String script = each.substring(title.length() + 1).strip();
                        tests.add(DynamicTest.dynamicTest(file.getFileName() + ": " + title, () -> check(script)));
                    }
                }
            }
        }
        return tests;
    }

    private static void check(String script) {
        assertThat(new GroupScript().run(script)).isEqualTo(script);
    }
}
