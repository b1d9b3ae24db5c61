package io.daybook.codegen;

import java.util.List;
import java.util.stream.Collectors;

/** Generates getters, setters, equality and the text form of one structure. */
final class AccessorCode {
    private final Struct struct;
    private final boolean flexible;
    private final boolean top;

    AccessorCode(Struct struct, boolean flexible, boolean top) {
        this.struct = struct;
        this.flexible = flexible;
        this.top = top;
    }

    void body(Source source) {
        struct.fields().forEach(field -> getter(source, field));
        unknownGetter(source);
        struct.fields().forEach(field -> setter(source, field));
        if (flexible) {
            source.line("").open("public " + struct.name() + " setUnknownTaggedFields(UnknownTaggedFields fields)");
            source.line("this.unknownTaggedFields = fields;")
                    .line("return this;")
                    .close();
        }
        if (!top) {
            isDefault(source);
        }
        equalsMethod(source);
        hashCodeMethod(source);
        toStringMethod(source);
    }

    private static void getter(Source source, Field field) {
        source.line("");
        if (!field.about().isEmpty()) {
            MessageGenerator.comment(source, escaped(field.about()));
        }
        source.open("public " + field.javaType() + " " + field.javaName() + "()");
        if (field.isLazy()) {
            source.open("if (this." + field.javaName() + " == null)");
            source.line("this." + field.javaName() + " = new " + field.type().structName() + "();");
            source.close();
        }
        source.line("return this." + field.javaName() + ";").close();
    }

    private static String escaped(String about) {
        return about.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;")
                .replace("\\", "&#92;");
    }

    private void unknownGetter(Source source) {
        if (!flexible && !top) {
            return;
        }
        source.line("");
        if (top) {
            source.line("@Override");
        }
        source.open("public UnknownTaggedFields unknownTaggedFields()");
        source.line("return " + (flexible ? "this.unknownTaggedFields" : "UnknownTaggedFields.EMPTY") + ";");
        source.close();
    }

    private void setter(Source source, Field field) {
        source.line("");
        source.open("public " + struct.name() + " " + field.setterName() + "(" + field.javaType() + " value)");
        source.line("this." + field.javaName() + " = value;")
                .line("return this;")
                .close();
    }

    private void isDefault(Source source) {
        String anySet = struct.fields().stream().map(Field::isSetCondition).collect(Collectors.joining(" || "));
        String unknown = flexible ? "this.unknownTaggedFields.count() > 0" : "";
        String separator = anySet.isEmpty() || unknown.isEmpty() ? "" : " || ";
        source.line("").line("/** Whether every field has its default. */");
        source.open("boolean isDefault()");
        source.line("return !(" + anySet + separator + unknown + ");").close();
    }

    private void equalsMethod(Source source) {
        source.line("").line("@Override").open("public boolean equals(@Nullable Object other)");
        source.open("if (!(other instanceof " + struct.name() + "))")
                .line("return false;")
                .close();
        List<Field> fields = struct.fields();
        if (fields.isEmpty() && !flexible) {
            source.line("return true;").close();
            return;
        }
        source.line(struct.name() + " that = (" + struct.name() + ") other;");
        String all = fields.stream().map(AccessorCode::equalField).collect(Collectors.joining(" && "));
        String unknown = flexible ? "this.unknownTaggedFields.equals(that.unknownTaggedFields)" : "";
        source.line("return " + all + (all.isEmpty() || unknown.isEmpty() ? "" : " && ") + unknown + ";")
                .close();
    }

    private static String equalField(Field field) {
        String name = field.javaName() + (field.isLazy() ? "()" : "");
        FieldKind kind = field.type().kind();
        if (kind == FieldKind.FLOAT64) {
            return "Double.compare(this." + name + ", that." + name + ") == 0";
        }
        if (kind == FieldKind.BOOL || kind.isNumber()) {
            return "this." + name + " == that." + name;
        }
        return "Objects.equals(this." + name + ", that." + name + ")";
    }

    private void hashCodeMethod(Source source) {
        String all = struct.fields().stream()
                .map(field -> field.javaName() + (field.isLazy() ? "()" : ""))
                .collect(Collectors.joining(", "));
        source.line("").line("@Override").open("public int hashCode()");
        source.line("return Objects.hash(" + all + (flexible ? (all.isEmpty() ? "" : ", ") + "unknownTaggedFields" : "")
                + ");");
        source.close();
    }

    private void toStringMethod(Source source) {
        source.line("").line("@Override").open("public String toString()");
        StringBuilder text = new StringBuilder("return \"" + struct.name() + "(");
        String separator = "";
        for (Field field : struct.fields()) {
            text.append(separator).append(field.javaName()).append("=\" + this.");
            text.append(field.javaName()).append(field.isLazy() ? "()" : "").append(" + \"");
            separator = ", ";
        }
        if (flexible) {
            text.append(
                    "\" + (this.unknownTaggedFields.count() == 0 ? \"\" : \" unknown=\" + this.unknownTaggedFields) + \"");
        }
        source.line(text.append(")\";").toString()).close();
    }
}
