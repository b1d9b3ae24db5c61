package io.daybook.codegen;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Generates the Java file of one message. */
final class MessageGenerator {
    private final Message message;
    private final String packageName;

    MessageGenerator(Message message, String packageName) {
        this.message = message;
        this.packageName = packageName;
    }

    String generate() {
        Source body = new Source();
        comment(body, versionsSentence());
        body.open("public final class " + message.className() + " implements Message");
        body.line("public static final short LOWEST_SUPPORTED_VERSION = "
                + message.versions().lowest() + ";");
        body.line("public static final short HIGHEST_SUPPORTED_VERSION = "
                + message.versions().highest() + ";");
        body.line("");
        structBody(body, message.top(), true);
        for (Map.Entry<String, Struct> entry : message.structs().entrySet()) {
            body.line("");
            comment(body, "A part of {@link " + message.className() + "}.");
            body.open("public static final class " + entry.getKey());
            structBody(body, entry.getValue(), false);
            body.close();
        }
        body.close();
        return header(body.toString()) + body;
    }

    private String versionsSentence() {
        VersionRange versions = message.versions();
        return message.name() + ", versions " + versions.lowest() + " to " + versions.highest() + ".";
    }

    private String header(String body) {
        Source source = new Source();
        source.line("// Generated from " + message.name() + ".json. Do not edit.");
        source.line("package " + packageName + ";").line("");
        TreeSet<String> imports = new TreeSet<>();
        Set<String> names = Set.copyOf(Arrays.asList(body.split("[^A-Za-z0-9_]+")));
        imports.add("java.util.Objects");
        for (String name : List.of(
                "Message",
                "UnknownTaggedFields",
                "UnsupportedVersionException",
                "WireReader",
                "WireSize",
                "WireWriter")) {
            importIfUsed(imports, names, "io.daybook.base.wire.", name);
        }
        importIfUsed(imports, names, "io.daybook.base.", "Uuid");
        importIfUsed(imports, names, "io.daybook.base.record.", "Records");
        importIfUsed(imports, names, "java.nio.", "ByteBuffer");
        importIfUsed(imports, names, "java.util.", "ArrayList");
        importIfUsed(imports, names, "java.util.", "List");
        importIfUsed(imports, names, "org.jspecify.annotations.", "Nullable");
        imports.forEach(name -> source.line("import " + name + ";"));
        return source.line("").toString();
    }

    private static void importIfUsed(TreeSet<String> imports, Set<String> names, String packagePrefix, String name) {
        if (names.contains(name)) {
            imports.add(packagePrefix + name);
        }
    }

    private void structBody(Source source, Struct struct, boolean top) {
        boolean flexible = !new Flexibility(message, struct).never();
        for (Field field : struct.fields()) {
            String type = field.isLazy() ? "@Nullable " + field.type().javaType() : field.javaType();
            source.line("private " + type + " " + field.javaName() + ";");
        }
        if (flexible) {
            source.line("private UnknownTaggedFields unknownTaggedFields;");
        }
        constructors(source, struct, flexible);
        if (top) {
            identity(source);
        }
        codecMethods(source, struct);
        new AccessorCode(struct, flexible, top).body(source);
    }

    private void constructors(Source source, Struct struct, boolean flexible) {
        source.line("").line("/** Every field has its default. */");
        source.open("public " + struct.name() + "()");
        for (Field field : struct.fields()) {
            source.line("this." + field.javaName() + " = " + field.defaultExpression() + ";");
        }
        if (flexible) {
            source.line("this.unknownTaggedFields = UnknownTaggedFields.EMPTY;");
        }
        source.close().line("");
        source.line("/** Every field has what {@link #read} gives it. */");
        source.open("public " + struct.name() + "(WireReader reader, short version)");
        source.line("read(reader, version);").close();
    }

    private void identity(Source source) {
        getter(source, "short", "apiKey", Integer.toString(message.apiKey()));
        getter(source, "short", "lowestSupportedVersion", "LOWEST_SUPPORTED_VERSION");
        getter(source, "short", "highestSupportedVersion", "HIGHEST_SUPPORTED_VERSION");
    }

    private static void getter(Source source, String type, String name, String value) {
        source.line("").line("@Override").open("public " + type + " " + name + "()");
        source.line("return " + value + ";").close();
    }

    private void codecMethods(Source source, Struct struct) {
        SizeCode sizes = new SizeCode(message, struct);
        method(source, struct, "void read(WireReader reader, short version)", new ReadCode(message, struct)::body);
        method(source, struct, "void write(WireWriter writer, short version)", new WriteCode(message, struct)::body);
        method(source, struct, "int sizeBytes(short version)", sizes::body);
        sizes.contentMethods(source);
    }

    private void method(Source source, Struct struct, String head, Body body) {
        boolean top = struct.equals(message.top());
        source.line("");
        if (top) {
            source.line("@Override");
        }
        source.open("public " + head);
        if (top && head.startsWith("void")) {
            source.line("UnsupportedVersionException.check(\"" + message.name()
                    + "\", version, LOWEST_SUPPORTED_VERSION, HIGHEST_SUPPORTED_VERSION);");
        }
        Source probe = new Source();
        body.into(probe);
        new Flexibility(message, struct).declareIn(source, probe.toString());
        body.into(source);
        source.close();
    }

    /** Something that generates statements. */
    private interface Body {
        void into(Source source);
    }

    static void comment(Source source, String sentence) {
        String safe = sentence.replace("*/", "* /").replace("\n", " ").trim();
        source.line("/** " + safe + " */");
    }
}
