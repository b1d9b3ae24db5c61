package io.daybook.codegen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * {@code Main <inputDir> <outputDir> <package> [--api-key <enum>] [--record-type <enum>]}: generates one class for each
 * description in the input directory. {@code --api-key} names the enum of all requests and responses, {@code
 * --record-type} the simple name of the enum of all stored records. Files that did not change are not touched, files that
 * are no longer generated are deleted, and nothing at all is done when nothing changed, so that incremental builds stay
 * incremental.
 */
public final class Main {
    private final List<String> arguments;
    private final Path input;
    private final Path output;
    private final String packageName;
    private String apiKeyEnum = "";
    private String recordTypeEnum = "";

    private Main(List<String> arguments) {
        if (arguments.size() < 3 || arguments.size() % 2 == 0) {
            throw new IllegalArgumentException(
                    "usage: <inputDir> <outputDir> <package> [--api-key <enum>] [--record-type <enum>]");
        }
        this.arguments = arguments;
        this.input = Path.of(arguments.get(0));
        this.output = Path.of(arguments.get(1));
        this.packageName = arguments.get(2);
        for (int i = 3; i < arguments.size(); i += 2) {
            switch (arguments.get(i)) {
                case "--api-key" -> apiKeyEnum = arguments.get(i + 1);
                case "--record-type" -> recordTypeEnum = arguments.get(i + 1);
                default -> throw new IllegalArgumentException("unknown option " + arguments.get(i));
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        new Main(List.of(arguments)).run();
    }

    private void run() throws IOException {
        if (!Files.isDirectory(input)) {
            throw new IOException("no directory of message descriptions: " + input);
        }
        Path stamp = output.resolve("generated.sha256");
        String fingerprint = Fingerprint.of(arguments, input);
        if (Files.exists(stamp) && Files.readString(stamp).equals(fingerprint)) {
            return;
        }
        List<Message> messages = readAll();
        Map<String, String> files = new TreeMap<>();
        files.put(packageName + ".package-info", packageInfo());
        for (Message message : messages) {
            if (!message.versions().isEmpty()) {
                files.put(
                        packageName + "." + message.className(), new MessageGenerator(message, packageName).generate());
            }
        }
        if (!apiKeyEnum.isEmpty()) {
            files.put(apiKeyEnum, new ApiKeyGenerator(apiKeyEnum, packageName, messages).generate());
        }
        if (!recordTypeEnum.isEmpty()) {
            files.put(packageName + "." + recordTypeEnum, recordTypes(messages).generate());
        }
        write(files);
        Files.writeString(stamp, fingerprint);
    }

    private RecordTypeGenerator recordTypes(List<Message> messages) {
        boolean keyed = messages.stream().anyMatch(message -> message.type() == MessageType.COORDINATOR_KEY);
        return keyed
                ? RecordTypeGenerator.coordinator(packageName, recordTypeEnum, messages)
                : RecordTypeGenerator.metadata(packageName, recordTypeEnum, messages);
    }

    private List<Message> readAll() throws IOException {
        List<Path> descriptions;
        try (Stream<Path> files = Files.list(input)) {
            descriptions = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        if (descriptions.isEmpty()) {
            throw new IOException("no message descriptions in " + input);
        }
        DescriptionReader reader = new DescriptionReader();
        List<Message> messages = new ArrayList<>();
        for (Path description : descriptions) {
            messages.add(reader.read(description));
        }
        return messages;
    }

    private String packageInfo() {
        return "/** Messages, generated from their descriptions. Mutable until they are complete; not for two threads. */\n"
                + "@org.jspecify.annotations.NullMarked\npackage " + packageName + ";\n";
    }

    private void write(Map<String, String> files) throws IOException {
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = output.resolve(file.getKey().replace('.', '/') + ".java");
            written.add(path);
            byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
            if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), content)) {
                Files.createDirectories(path.getParent());
                Files.write(path, content);
            }
        }
        List<Path> stale;
        try (Stream<Path> present = Files.walk(output)) {
            stale = present.filter(path -> path.toString().endsWith(".java") && !written.contains(path))
                    .toList();
        }
        for (Path path : stale) {
            Files.delete(path);
        }
    }
}
