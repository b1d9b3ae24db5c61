package io.daybook.codegen;

import java.util.List;

/** Generates {@code read} of one structure. */
final class ReadCode {
    private final Message message;
    private final Struct struct;
    private final Flexibility flexibility;

    ReadCode(Message message, Struct struct) {
        this.message = message;
        this.struct = struct;
        this.flexibility = new Flexibility(message, struct);
    }

    /** The statements, to be put into the method's block. */
    void body(Source source) {
        for (FieldGroup group : FieldGroup.of(struct)) {
            group(source, group);
        }
        for (Field field : struct.taggedFields()) {
            setDefault(source, field);
        }
        taggedSection(source);
    }

    private void group(Source source, FieldGroup group) {
        String condition = group.condition(struct);
        if (condition.equals("false")) {
            group.fields().forEach(field -> setDefault(source, field));
            return;
        }
        boolean always = condition.equals("true");
        if (!always) {
            source.open("if (" + condition + ")");
        }
        group.fields().forEach(field -> readField(source, field));
        if (!always) {
            source.next("else");
            group.fields().forEach(field -> setDefault(source, field));
            source.close();
        }
    }

    private static void setDefault(Source source, Field field) {
        source.line("this." + field.javaName() + " = " + field.defaultExpression() + ";");
    }

    private void readField(Source source, Field field) {
        String self = "this." + field.javaName();
        VersionRange present = field.spec().present();
        String mayBeNull = field.spec().nullable().conditionWithin(present);
        FieldType type = field.type();
        String arguments = "(" + flexibility.of(field) + ", \"" + qualifiedName(field) + "\")";
        if (type.isArray()) {
            readArray(source, field, mayBeNull);
        } else if (type.isStruct()) {
            String create = "new " + type.structName() + "(reader, version)";
            String presence = field.spec().isTagged() ? "reader.readTaggedPresence()" : "reader.readPresence()";
            if (mayBeNull.equals("false")) {
                source.line(self + " = " + create + ";");
            } else if (mayBeNull.equals("true")) {
                source.line(self + " = " + presence + " ? " + create + " : null;");
            } else {
                source.line(self + " = " + mayBeNull + " && !" + presence + " ? null : " + create + ";");
            }
        } else if (type.kind().isFixed()) {
            source.line(self + " = reader.read" + type.kind().wireName + "();");
        } else {
            String plain = "reader.read" + type.kind().wireName + arguments;
            String nullable = "reader.readNullable" + type.kind().wireName + arguments;
            source.line(self + " = " + choose(mayBeNull, nullable, plain) + ";");
        }
    }

    private static String choose(String condition, String yes, String no) {
        if (condition.equals("true")) {
            return yes;
        }
        return condition.equals("false") ? no : condition + " ? " + yes + " : " + no;
    }

    private void readArray(Source source, Field field, String mayBeNull) {
        FieldType type = field.type();
        int minBytes = message.minElementBytes(field, field.spec().present());
        String flexible = flexibility.of(field);
        String arguments = "(" + flexible + ", " + minBytes + ", \"" + qualifiedName(field) + "\")";
        String count = "_" + field.javaName() + "Count";
        String elements = "_" + field.javaName();
        source.line("int " + count + " = "
                + choose(mayBeNull, "reader.readNullableCount" + arguments, "reader.readCount" + arguments) + ";");
        if (!mayBeNull.equals("false")) {
            source.open("if (" + count + " == WireReader.NULL_COUNT)");
            source.line("this." + field.javaName() + " = null;");
            source.next("else");
        }
        source.line(type.javaType() + " " + elements + " = new ArrayList<>(" + count + ");");
        source.open("for (int i = 0; i < " + count + "; i++)");
        source.line(elements + ".add(" + readElement(type, flexible, field) + ");");
        source.close();
        source.line("this." + field.javaName() + " = " + elements + ";");
        if (!mayBeNull.equals("false")) {
            source.close();
        }
    }

    private String readElement(FieldType type, String flexible, Field field) {
        if (type.elementKind() == FieldKind.STRUCT) {
            return "new " + type.structName() + "(reader, version)";
        }
        String call = "reader.read" + type.elementKind().wireName;
        return type.elementKind().isFixed()
                ? call + "()"
                : call + "(" + flexible + ", \"" + qualifiedName(field) + "\")";
    }

    private void taggedSection(Source source) {
        if (flexibility.never()) {
            return;
        }
        List<Field> tagged = struct.taggedFields();
        if (tagged.isEmpty()) {
            String read = "reader.readUnknownTaggedFields()";
            source.line("this.unknownTaggedFields = "
                    + choose(flexibility.ofStruct(), read, "UnknownTaggedFields.EMPTY") + ";");
            return;
        }
        source.line("this.unknownTaggedFields = UnknownTaggedFields.EMPTY;");
        if (!flexibility.always()) {
            source.open("if (flexible)");
        }
        source.open("for (int left = reader.readTaggedFieldCount(); left > 0; left--)");
        source.line("int tag = reader.readUnsignedVarint();");
        source.line("int outerLimit = reader.beginTaggedField();");
        VersionRange known = message.flexible().intersect(struct.versions());
        boolean first = true;
        for (Field field : tagged) {
            String condition = field.spec().present().conditionWithin(known);
            if (condition.equals("false")) {
                continue;
            }
            String head =
                    "if (tag == " + field.spec().tag() + (condition.equals("true") ? "" : " && " + condition) + ")";
            if (first) {
                source.open(head);
            } else {
                source.next("else " + head);
            }
            first = false;
            readField(source, field);
        }
        String unknown = "this.unknownTaggedFields = reader.readUnknownTaggedField(this.unknownTaggedFields, tag);";
        if (first) {
            source.line(unknown);
        } else {
            source.next("else").line(unknown).close();
        }
        source.line("reader.endTaggedField(outerLimit);");
        source.close();
        if (!flexibility.always()) {
            source.close();
        }
    }

    private String qualifiedName(Field field) {
        return struct.name() + "." + field.javaName();
    }
}
