package io.daybook.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path directory;

    private Path input;
    private Path output;
    private Path generated;

    @BeforeEach
    void describeOneRecord() throws IOException {
        input = Files.createDirectory(directory.resolve("in"));
        output = directory.resolve("out");
        generated = output.resolve("some/where/ThingRecord.java");
        describe("ThingRecord", 1);
    }

    private void describe(String name, int apiKey) throws IOException {
        Files.writeString(
                input.resolve(name + ".json"),
                "{ \"apiKey\": " + apiKey + ", \"type\": \"metadata\", \"name\": \"" + name
                        + "\", \"validVersions\": \"0\", \"flexibleVersions\": \"0+\", \"fields\": ["
                        + "{ \"name\": \"Id\", \"type\": \"uuid\", \"versions\": \"0+\" }]}");
    }

    private void generate() throws IOException {
        Main.main(new String[] {input.toString(), output.toString(), "some.where", "--record-type", "ThingType"});
    }

    @Test
    void whatDidNotChangeIsNotTouched() throws IOException {
        generate();
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(generated, longAgo);
        generate();
        assertThat(Files.getLastModifiedTime(generated)).isEqualTo(longAgo);
    }

    @Test
    void nothingIsDoneWhenNothingChanged() throws IOException {
        generate();
        Files.writeString(generated, "changed by hand");
        generate();
        assertThat(generated).content().isEqualTo("changed by hand");
        describe("OtherRecord", 2);
        generate();
        assertThat(generated).content().contains("class ThingRecord");
    }

    @Test
    void whatIsNoLongerDescribedGoes() throws IOException {
        describe("OtherRecord", 2);
        generate();
        Files.delete(input.resolve("ThingRecord.json"));
        generate();
        assertThat(generated).doesNotExist();
        assertThat(output.resolve("some/where/OtherRecord.java")).exists();
        assertThat(output.resolve("some/where/ThingType.java")).content().contains("OTHER(2, 0, 0);");
    }

    @Test
    void twoRecordsOfOneTypeAreAnError() throws IOException {
        describe("OtherRecord", 1);
        assertThatThrownBy(this::generate)
                .isInstanceOf(DescriptionException.class)
                .hasMessageContaining("taken");
    }

    @Test
    void badUsageAndMissingInputAreErrors() {
        assertThatThrownBy(() -> Main.main(new String[] {"in"})).hasMessageContaining("usage");
        assertThatThrownBy(() -> Main.main(new String[] {"in", "out", "some.where", "--colour", "red"}))
                .hasMessageContaining("--colour");
        assertThatThrownBy(() -> Main.main(new String[] {output.toString(), output.toString(), "some.where"}))
                .isInstanceOf(IOException.class);
    }
}
