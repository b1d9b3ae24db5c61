package io.daybook.codegen;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one description: JSON with {@code //} comments. Unknown keys are errors: they may change what the bytes mean. */
final class DescriptionReader {
    private static final Set<String> MESSAGE_KEYS = Set.of(
            "apiKey",
            "type",
            "name",
            "listeners",
            "validVersions",
            "flexibleVersions",
            "latestVersionUnstable",
            "fields",
            "commonStructs");
    private static final Set<String> STRUCT_KEYS = Set.of("name", "versions", "fields", "about");
    private static final Set<String> FIELD_KEYS = Set.of(
            "name",
            "type",
            "versions",
            "nullableVersions",
            "taggedVersions",
            "tag",
            "flexibleVersions",
            "ignorable",
            "default",
            "mapKey",
            "entityType",
            "zeroCopy",
            "about",
            "fields");

    private final ObjectMapper mapper = new ObjectMapper().enable(JsonParser.Feature.ALLOW_COMMENTS);

    Message read(Path file) throws IOException {
        try {
            return new Parsing(mapper.readTree(file.toFile())).message();
        } catch (DescriptionException e) {
            throw new DescriptionException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /** One run over one file. */
    private static final class Parsing {
        private final JsonNode root;
        private final Map<String, JsonNode> common = new LinkedHashMap<>();
        private final Map<String, Struct> structs = new LinkedHashMap<>();

        Parsing(JsonNode root) {
            this.root = root;
        }

        Message message() {
            checkKeys(root, MESSAGE_KEYS);
            MessageType type = MessageType.parse(text(root, "type"));
            String name = text(root, "name");
            VersionRange valid = VersionRange.parse(text(root, "validVersions"));
            VersionRange flexible =
                    VersionRange.parse(root.path("flexibleVersions").asText("none"));
            if (!valid.isEmpty() && !root.has("flexibleVersions")) {
                throw new DescriptionException("flexibleVersions is missing");
            }
            for (JsonNode struct : root.path("commonStructs")) {
                checkKeys(struct, STRUCT_KEYS);
                common.put(text(struct, "name"), struct);
            }
            Struct top = new Struct(name + type.classSuffix, valid, fields(root, valid));
            common.forEach((structName, node) -> commonStruct(structName, node, valid));
            List<String> listeners = new ArrayList<>();
            root.path("listeners").forEach(listener -> listeners.add(listener.asText()));
            return new Message(
                    name,
                    type,
                    root.path("apiKey").asInt(-1),
                    List.copyOf(listeners),
                    flexible,
                    root.path("latestVersionUnstable").asBoolean(false),
                    top,
                    structs);
        }

        private List<Field> fields(JsonNode owner, VersionRange versions) {
            List<Field> fields = new ArrayList<>();
            for (JsonNode node : owner.path("fields")) {
                fields.add(field(node, versions));
            }
            return fields;
        }

        private Field field(JsonNode node, VersionRange owner) {
            checkKeys(node, FIELD_KEYS);
            String name = text(node, "name");
            FieldType type = FieldType.parse(text(node, "type"));
            FieldVersions versions = fieldVersions(node, name, owner);
            // JSON's own null says the same as no default
            String defaultText =
                    node.path("default").isNull() ? "" : node.path("default").asText("");
            String about = node.path("about").asText("");
            if (!type.structName().isEmpty()) {
                struct(type.structName(), node, versions.present());
            }
            return new Field(name, about, type, versions, defaultText);
        }

        private static FieldVersions fieldVersions(JsonNode node, String name, VersionRange owner) {
            VersionRange tagged = range(node, "taggedVersions", VersionRange.NONE);
            VersionRange declared = range(node, "versions", tagged);
            VersionRange present = declared.intersect(owner);
            String flexible = node.path("flexibleVersions").asText("");
            if (!flexible.isEmpty() && !flexible.equals("none")) {
                throw new DescriptionException("field " + name + ": flexibleVersions can only be none");
            }
            if (declared.isEmpty()) {
                throw new DescriptionException("field " + name + " has no versions");
            }
            return new FieldVersions(
                    present,
                    range(node, "nullableVersions", VersionRange.NONE),
                    tagged,
                    node.path("tag").asInt(-1),
                    node.path("ignorable").asBoolean(false),
                    flexible.equals("none"));
        }

        private void struct(String name, JsonNode field, VersionRange versions) {
            JsonNode shared = common.get(name);
            if (shared != null) {
                return;
            }
            if (!field.has("fields")) {
                throw new DescriptionException("structure " + name + " has no fields");
            }
            if (structs.containsKey(name)) {
                throw new DescriptionException("structure " + name + " is defined twice");
            }
            structs.put(name, new Struct(name, versions, List.of())); // keeps the order of appearance
            structs.put(name, new Struct(name, versions, fields(field, versions)));
        }

        private void commonStruct(String name, JsonNode node, VersionRange valid) {
            VersionRange versions = range(node, "versions", VersionRange.NONE).intersect(valid);
            structs.put(name, new Struct(name, versions, fields(node, versions)));
        }

        private static VersionRange range(JsonNode node, String key, VersionRange missing) {
            return node.has(key) ? VersionRange.parse(node.get(key).asText()) : missing;
        }

        private static String text(JsonNode node, String key) {
            if (!node.has(key)) {
                throw new DescriptionException(key + " is missing");
            }
            return node.get(key).asText();
        }

        private static void checkKeys(JsonNode node, Set<String> known) {
            node.fieldNames().forEachRemaining(key -> {
                if (!known.contains(key)) {
                    throw new DescriptionException("unknown key '" + key + "' in " + node.path("name"));
                }
            });
        }
    }
}
