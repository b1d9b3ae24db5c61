package io.daybook.codegen;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Generates the enum of the record types of one log: a key and a value each, or only a value. */
final class RecordTypeGenerator {
    private final String packageName;
    private final String enumName;
    private final boolean keyed;
    private final Map<Integer, Message> keys;
    private final Map<Integer, Message> values;

    private RecordTypeGenerator(
            String packageName,
            String enumName,
            boolean keyed,
            Map<Integer, Message> keys,
            Map<Integer, Message> values) {
        this.packageName = packageName;
        this.enumName = enumName;
        this.keyed = keyed;
        this.keys = keys;
        this.values = values;
        if (keyed && !keys.keySet().equals(values.keySet())) {
            throw new DescriptionException("keys and values do not pair: " + keys.keySet() + " " + values.keySet());
        }
    }

    static RecordTypeGenerator coordinator(String packageName, String enumName, List<Message> messages) {
        return new RecordTypeGenerator(
                packageName,
                enumName,
                true,
                byId(messages, MessageType.COORDINATOR_KEY),
                byId(messages, MessageType.COORDINATOR_VALUE));
    }

    static RecordTypeGenerator metadata(String packageName, String enumName, List<Message> messages) {
        return new RecordTypeGenerator(packageName, enumName, false, Map.of(), byId(messages, MessageType.METADATA));
    }

    private static Map<Integer, Message> byId(List<Message> messages, MessageType type) {
        Map<Integer, Message> byId = new TreeMap<>();
        for (Message message : messages) {
            if (message.type() == type && byId.put(message.apiKey(), message) != null) {
                throw new DescriptionException("the record type " + message.apiKey() + " is taken twice");
            }
        }
        if (byId.keySet().stream().anyMatch(id -> id < 0)) {
            throw new DescriptionException("a record without apiKey: " + byId.get(-1));
        }
        return byId;
    }

    String generate() {
        Source source = new Source();
        source.line("// Generated from the message descriptions. Do not edit.");
        source.line("package " + packageName + ";").line("");
        source.line("import io.daybook.base.wire.Message;");
        source.line("import io.daybook.base.wire.WireReader;");
        source.line("import java.util.Optional;").line("");
        source.line(
                keyed
                        ? "/** The types of record: a record's key begins with the id as an int16, its value with its version. */"
                        : "/** The types of record. */");
        source.open("public enum " + enumName);
        int left = values.size();
        for (Map.Entry<Integer, Message> entry : values.entrySet()) {
            Message value = entry.getValue();
            source.line(constant(value) + "(" + entry.getKey() + ", "
                    + value.versions().lowest() + ", " + value.versions().highest() + ")" + (--left > 0 ? "," : ";"));
        }
        fields(source);
        lookUp(source);
        getter(source, "", "short id()", "id");
        getter(source, "The lowest version of the value.", "short lowestVersion()", "lowestVersion");
        getter(source, "The highest version of the value.", "short highestVersion()", "highestVersion");
        getter(
                source,
                "Whether the value has that version.",
                "boolean hasVersion(short version)",
                "version >= lowestVersion && version <= highestVersion");
        if (keyed) {
            factory(source, "newKey()", "A key with every field at its default.", keys, "");
            factory(source, "readKey(WireReader reader)", "Reads what follows the id.", keys, "reader, (short) 0");
        }
        factory(source, "newValue()", "A value with every field at its default.", values, "");
        factory(
                source,
                "readValue(WireReader reader, short version)",
                "Reads what follows the version.",
                values,
                "reader, version");
        source.close();
        return source.toString();
    }

    private static String constant(Message value) {
        String name = value.name();
        for (String suffix : List.of("Value", "Record")) {
            if (name.endsWith(suffix)) {
                name = name.substring(0, name.length() - suffix.length());
            }
        }
        return ApiKeyGenerator.constantName(name);
    }

    private void fields(Source source) {
        source.line("").line("private final short id;");
        source.line("private final short lowestVersion;");
        source.line("private final short highestVersion;").line("");
        source.open(enumName + "(int id, int lowestVersion, int highestVersion)");
        source.line("this.id = (short) id;");
        source.line("this.lowestVersion = (short) lowestVersion;");
        source.line("this.highestVersion = (short) highestVersion;").close();
    }

    private void lookUp(Source source) {
        source.line("").line("/** The type of that id, if there is one. */");
        source.open("public static Optional<" + enumName + "> find(short id)").open("switch (id)");
        values.forEach((id, value) -> {
            source.line("case " + id + ":");
            source.line("    return Optional.of(" + constant(value) + ");");
        });
        source.line("default:").line("    return Optional.empty();").close().close();
    }

    private static void getter(Source source, String about, String head, String value) {
        source.line("");
        if (!about.isEmpty()) {
            source.line("/** " + about + " */");
        }
        source.open("public " + head).line("return " + value + ";").close();
    }

    private void factory(Source source, String head, String about, Map<Integer, Message> messages, String arguments) {
        source.line("").line("/** " + about + " */");
        source.open("public Message " + head).open("switch (this)");
        messages.forEach((id, message) -> {
            source.line("case " + constant(Objects.requireNonNull(values.get(id))) + ":");
            source.line("    return new " + message.className() + "(" + arguments + ");");
        });
        source.line("default:")
                .line("    throw new AssertionError(this);")
                .close()
                .close();
    }
}
