package io.daybook.codegen;

import java.util.List;

/** Generates {@code sizeBytes} of one structure. */
final class SizeCode {
    private final Message message;
    private final Struct struct;
    private final Flexibility flexibility;

    SizeCode(Message message, Struct struct) {
        this.message = message;
        this.struct = struct;
        this.flexibility = new Flexibility(message, struct);
    }

    void body(Source source) {
        List<FieldGroup> groups = FieldGroup.of(struct);
        int fixed = groups.stream()
                .filter(group -> group.condition(struct).equals("true"))
                .mapToInt(SizeCode::fixedBytes)
                .sum();
        source.line("int _size = " + fixed + ";");
        for (FieldGroup group : groups) {
            String condition = group.condition(struct);
            if (condition.equals("true")) {
                variableFields(source, group);
            } else if (!condition.equals("false")) {
                source.open("if (" + condition + ")");
                if (fixedBytes(group) > 0) {
                    source.line("_size += " + fixedBytes(group) + ";");
                }
                variableFields(source, group);
                source.close();
            }
        }
        taggedSection(source);
        source.line("return _size;");
    }

    private static int fixedBytes(FieldGroup group) {
        return group.fields().stream()
                .mapToInt(field -> field.type().kind().fixedBytes)
                .sum();
    }

    private void variableFields(Source source, FieldGroup group) {
        for (Field field : group.fields()) {
            if (!field.type().kind().isFixed()) {
                addField(source, field, flexibility.of(field));
            }
        }
    }

    /** Adds the size of a field whose size depends on its value. */
    private static void addField(Source source, Field field, String flexible) {
        String self = "this." + field.javaName();
        FieldType type = field.type();
        String mayBeNull = field.spec().nullable().conditionWithin(field.spec().present());
        if (type.isArray()) {
            addArray(source, field, flexible);
        } else if (type.isStruct()) {
            addStruct(source, self, mayBeNull);
        } else {
            String nullable = field.isNullable() ? "nullable" + type.kind().wireName : lower(type.kind().wireName);
            source.line("_size += WireSize." + nullable + "(" + self + ", " + flexible + ");");
        }
    }

    private static void addStruct(Source source, String self, String mayBeNull) {
        if (mayBeNull.equals("true")) {
            source.line("_size += 1;");
        } else if (!mayBeNull.equals("false")) {
            source.open("if (" + mayBeNull + ")").line("_size += 1;").close();
        }
        String size = self + ".sizeBytes(version)";
        source.line("_size += " + (mayBeNull.equals("false") ? size : self + " == null ? 0 : " + size) + ";");
    }

    private static void addArray(Source source, Field field, String flexible) {
        String self = "this." + field.javaName();
        FieldType type = field.type();
        if (field.isNullable()) {
            source.open("if (" + self + " == null)");
            source.line("_size += WireSize.nullArrayCount(" + flexible + ");");
            source.next("else");
        }
        String prefix = "_size += WireSize.arrayCount(" + self + ".size(), " + flexible + ")";
        if (type.elementKind().isFixed()) {
            source.line(prefix + " + " + type.elementKind().fixedBytes + " * " + self + ".size();");
        } else {
            source.line(prefix + ";");
            source.open("for (" + type.elementJavaType() + " element : " + self + ")");
            source.line("_size += "
                    + (type.elementKind() == FieldKind.STRUCT
                            ? "element.sizeBytes(version);"
                            : "WireSize." + lower(type.elementKind().wireName) + "(element, " + flexible + ");"));
            source.close();
        }
        if (field.isNullable()) {
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
        source.line("int _tags = this.unknownTaggedFields.count();");
        for (Field field : struct.taggedFields()) {
            if (!field.spec().present().intersect(known).isEmpty()) {
                source.open("if (" + WriteCode.taggedCondition(field, known) + ")");
                source.line("_tags++;");
                source.line("_size += WireSize.tagged(" + field.spec().tag() + ", " + taggedContent(field) + ");");
                source.close();
            }
        }
        source.line("_size += this.unknownTaggedFields.sizeBytes() + WireSize.unsignedVarint(_tags);");
        if (!flexibility.always()) {
            source.close();
        }
    }

    /** The size of a tagged field's content, as a Java expression. */
    static String taggedContent(Field field) {
        FieldType type = field.type();
        if (type.kind().isFixed()) {
            return Integer.toString(type.kind().fixedBytes);
        }
        return "_" + field.javaName() + "Bytes(version)";
    }

    /** The methods that {@link #taggedContent} names. */
    void contentMethods(Source source) {
        for (Field field : struct.taggedFields()) {
            if (!field.type().kind().isFixed()) {
                source.line("").open("private int _" + field.javaName() + "Bytes(short version)");
                source.line("int _size = 0;");
                addField(source, field, "true");
                source.line("return _size;").close();
            }
        }
    }

    private static String lower(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
