package io.daybook.codegen;

import java.util.List;

/** Generates {@code write} of one structure. */
final class WriteCode {
    private final Message message;
    private final Struct struct;
    private final Flexibility flexibility;

    WriteCode(Message message, Struct struct) {
        this.message = message;
        this.struct = struct;
        this.flexibility = new Flexibility(message, struct);
    }

    void body(Source source) {
        for (FieldGroup group : FieldGroup.of(struct)) {
            String condition = group.condition(struct);
            if (condition.equals("true")) {
                group.fields().forEach(field -> writeField(source, field));
            } else if (condition.equals("false")) {
                group.fields().forEach(field -> refuseIfSet(source, field));
            } else {
                source.open("if (" + condition + ")");
                group.fields().forEach(field -> writeField(source, field));
                if (group.fields().stream().anyMatch(field -> !field.spec().ignorable())) {
                    source.next("else");
                    group.fields().forEach(field -> refuseIfSet(source, field));
                }
                source.close();
            }
        }
        refuseMissingTags(source);
        taggedSection(source);
    }

    private void refuseIfSet(Source source, Field field) {
        if (!field.spec().ignorable()) {
            source.open("if (" + field.isSetCondition() + ")");
            source.line("throw UnsupportedVersionException.field(\"" + qualifiedName(field) + "\", version);");
            source.close();
        }
    }

    private void refuseMissingTags(Source source) {
        for (Field field : struct.taggedFields()) {
            String present = field.spec().present().conditionWithin(struct.versions());
            if (field.spec().ignorable() || present.equals("true")) {
                continue;
            }
            if (!present.equals("false")) {
                source.open("if (!(" + present + "))");
            }
            refuseIfSet(source, field);
            if (!present.equals("false")) {
                source.close();
            }
        }
    }

    private void writeField(Source source, Field field) {
        String self = "this." + field.javaName();
        FieldType type = field.type();
        String flexible = flexibility.of(field);
        String mayBeNull = field.spec().nullable().conditionWithin(field.spec().present());
        if (field.isNullable() && !mayBeNull.equals("true")) {
            source.open(
                    "if (" + self + " == null" + (mayBeNull.equals("false") ? "" : " && !(" + mayBeNull + ")") + ")");
            source.line("throw UnsupportedVersionException.nullField(\"" + qualifiedName(field) + "\", version);");
            source.close();
        }
        if (type.kind().isFixed()) {
            source.line("writer.put" + type.kind().wireName + "(" + self + ");");
        } else if (type.isStruct()) {
            writeStruct(source, self, mayBeNull, field.spec().isTagged());
        } else if (type.isArray()) {
            writeArray(source, field, mayBeNull);
        } else {
            String nullable = mayBeNull.equals("false") ? "" : "Nullable";
            source.line("writer.write" + nullable + type.kind().wireName + "(" + self + ", " + flexible + ");");
        }
    }

    private static void writeStruct(Source source, String self, String mayBeNull, boolean tagged) {
        if (mayBeNull.equals("false")) {
            source.line(self + ".write(writer, version);");
            return;
        }
        // -1 stands for null, but in a tagged field it is an unsigned varint: 0
        source.open("if (" + self + " == null)").line("writer.putInt8((byte) " + (tagged ? 0 : -1) + ");");
        source.next("else");
        if (mayBeNull.equals("true")) {
            source.line("writer.putInt8((byte) 1);");
        } else {
            source.open("if (" + mayBeNull + ")")
                    .line("writer.putInt8((byte) 1);")
                    .close();
        }
        source.line(self + ".write(writer, version);").close();
    }

    private void writeArray(Source source, Field field, String mayBeNull) {
        String self = "this." + field.javaName();
        String flexible = flexibility.of(field);
        FieldType type = field.type();
        if (!mayBeNull.equals("false")) {
            source.open("if (" + self + " == null)");
            source.line("writer.writeNullCount(" + flexible + ");");
            source.next("else");
        }
        source.line("writer.writeCount(" + self + ".size(), " + flexible + ");");
        source.open("for (" + type.elementJavaType() + " element : " + self + ")");
        if (type.elementKind() == FieldKind.STRUCT) {
            source.line("element.write(writer, version);");
        } else if (type.elementKind().isFixed()) {
            source.line("writer.put" + type.elementKind().wireName + "(element);");
        } else {
            source.line("writer.write" + type.elementKind().wireName + "(element, " + flexible + ");");
        }
        source.close();
        if (!mayBeNull.equals("false")) {
            source.close();
        }
    }

    private void taggedSection(Source source) {
        if (flexibility.never()) {
            return;
        }
        if (!flexibility.always()) {
            source.open("if (flexible)");
        }
        VersionRange known = message.flexible().intersect(struct.versions());
        List<Field> tagged = struct.taggedFields().stream()
                .filter(field -> !field.spec().present().intersect(known).isEmpty())
                .toList();
        if (tagged.isEmpty()) {
            source.line("writer.writeUnsignedVarint(this.unknownTaggedFields.count());");
            source.line("this.unknownTaggedFields.writeRest(writer, 0);");
        } else {
            writeTagged(source, tagged, known);
        }
        if (!flexibility.always()) {
            source.next("else if (this.unknownTaggedFields.count() > 0)");
            source.line(
                    "throw UnsupportedVersionException.field(\"" + struct.name() + ".unknownTaggedFields\", version);");
            source.close();
        }
    }

    private void writeTagged(Source source, List<Field> tagged, VersionRange known) {
        source.line("int _tags = this.unknownTaggedFields.count();");
        for (Field field : tagged) {
            source.open("if (" + taggedCondition(field, known) + ")")
                    .line("_tags++;")
                    .close();
        }
        source.line("writer.writeUnsignedVarint(_tags);");
        source.line("int _unknown = 0;");
        for (Field field : tagged) {
            int tag = field.spec().tag();
            source.open("if (" + taggedCondition(field, known) + ")");
            source.line("_unknown = this.unknownTaggedFields.writeBelow(writer, _unknown, " + tag + ");");
            source.line("writer.writeTagged(" + tag + ", " + SizeCode.taggedContent(field) + ");");
            writeField(source, field);
            source.close();
        }
        source.line("this.unknownTaggedFields.writeRest(writer, _unknown);");
    }

    static String taggedCondition(Field field, VersionRange known) {
        String present = field.spec().present().conditionWithin(known);
        String set = field.isSetCondition();
        if (present.equals("true")) {
            return set;
        }
        return present + " && " + (set.contains("||") ? "(" + set + ")" : set);
    }

    private String qualifiedName(Field field) {
        return struct.name() + "." + field.javaName();
    }
}
