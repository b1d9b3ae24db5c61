package io.daybook.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptionReaderTest {
    @TempDir
    Path directory;

    private Message read(String fields) throws IOException {
        Path file = directory.resolve("ThingRecord.json");
        Files.writeString(
                file,
                "// a comment\n{ \"apiKey\": 7, \"type\": \"metadata\", \"name\": \"ThingRecord\", // another\n"
                        + "\"validVersions\": \"1-4\", \"flexibleVersions\": \"3+\", \"fields\": [" + fields + "]}");
        return new DescriptionReader().read(file);
    }

    private static String field(String keys) {
        return "{ \"name\": \"Size\", \"type\": \"int32\", \"versions\": \"0+\"" + keys + " }";
    }

    @Test
    void fieldsAreCutToTheValidVersions() throws IOException {
        Message message = read(field(""));
        assertThat(message.versions()).isEqualTo(new VersionRange(1, 4));
        assertThat(message.top().fields().get(0).spec().present()).isEqualTo(new VersionRange(1, 4));
    }

    @Test
    void theFewestBytesOfAnElementAreTheFewestOfAllVersions() throws IOException {
        Message message = read("{ \"name\": \"Parts\", \"type\": \"[]Part\", \"versions\": \"0+\", \"fields\": ["
                + "{ \"name\": \"Id\", \"type\": \"int32\", \"versions\": \"0+\" },"
                + "{ \"name\": \"Name\", \"type\": \"string\", \"versions\": \"0+\" },"
                + "{ \"name\": \"Owner\", \"type\": \"uuid\", \"versions\": \"4+\" }]}");
        Field parts = message.top().fields().get(0);
        // version 3: four bytes, an empty compact string, no tagged fields
        assertThat(message.minElementBytes(parts, new VersionRange(1, 4))).isEqualTo(6);
        assertThat(message.minElementBytes(parts, new VersionRange(4, 4))).isEqualTo(22);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            , "default": "3000000000"                             | does not fit INT32
            , "default": "many"                                   | not a number
            , "nullableVersions": "0+"                            | cannot be nullable
            , "tag": 0                                            | come together
            , "tag": 1, "taggedVersions": "3+"                    | tagged in some of its versions only
            , "sort": "up"                                        | unknown key 'sort'
            , "flexibleVersions": "4+"                            | can only be none
            """)
    void whatItCannotExpressIsAnErrorThatNamesTheFile(String keys, String message) {
        assertThatThrownBy(() -> new MessageGenerator(read(field(keys)), "some.where").generate())
                .isInstanceOf(DescriptionException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aStructureWithoutFieldsAndAnUnknownTypeAreErrors() {
        assertThatThrownBy(() -> read("{ \"name\": \"A\", \"type\": \"[]Part\", \"versions\": \"0+\" }"))
                .isInstanceOf(DescriptionException.class)
                .hasMessage("ThingRecord.json: structure Part has no fields");
        assertThatThrownBy(() -> read("{ \"name\": \"A\", \"type\": \"int128\", \"versions\": \"0+\" }"))
                .isInstanceOf(DescriptionException.class)
                .hasMessageContaining("unknown type: 'int128'");
    }
}
